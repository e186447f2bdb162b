package io.tidewatch.jobs.sink;

import io.tidewatch.jobs.config.AlertingConfig;
import io.tidewatch.jobs.config.ConfigException;
import io.tidewatch.jobs.config.KafkaConfig;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.config.ConfigResource;
import org.jspecify.annotations.Nullable;

/**
 * Whether the transactions of a sink outlive what may come between a message and its commit. A
 * transaction that the broker gives up before the job commits it is lost without an error: the
 * connector logs a line and goes on. So a setting with which that can happen is refused where the
 * job is submitted.
 *
 * <p>A message may wait for one interval until its checkpoint begins, for the timeout of the
 * checkpoint until that is complete, and, when the job dies then, for the restart that commits it.
 */
final class ExactlyOnce {
  private static final String BROKER_LIMIT = "transaction.max.timeout.ms";
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private ExactlyOnce() {}

  /**
   * Asks the broker for its limit and checks.
   *
   * @param flink configuration of the job
   * @throws ConfigException when alerts could be lost, or the broker cannot be asked
   */
  static void require(KafkaConfig kafka, AlertingConfig alerting, ReadableConfig flink) {
    String refusal =
        refusal(
            alerting.transactionTimeout(),
            flink.getOptional(CheckpointingOptions.CHECKPOINTING_INTERVAL).orElse(null),
            flink.get(CheckpointingOptions.CHECKPOINTING_TIMEOUT),
            alerting.restartBudget(),
            brokerLimit(kafka));
    if (refusal != null) {
      throw new ConfigException(refusal);
    }
  }

  /**
   * Why alerts could be lost; null when they cannot.
   *
   * @param interval of checkpoints; null when there are none
   */
  static @Nullable String refusal(
      Duration timeout,
      @Nullable Duration interval,
      Duration checkpointTimeout,
      Duration restartBudget,
      Duration brokerLimit) {
    if (interval == null || interval.isZero()) {
      return "alerting.delivery: exactly-once needs checkpoints, and"
          + " execution.checkpointing.interval is not set";
    }
    Duration needed = interval.plus(checkpointTimeout).plus(restartBudget);
    if (timeout.compareTo(needed) < 0) {
      return ("alerting.transaction_timeout: must be ≥ %s, which is"
              + " execution.checkpointing.interval (%s) + execution.checkpointing.timeout (%s)"
              + " + alerting.restart_budget (%s), or alerts are lost without an error, was %s")
          .formatted(needed, interval, checkpointTimeout, restartBudget, timeout);
    }
    if (timeout.compareTo(brokerLimit) > 0) {
      return "alerting.transaction_timeout: must be ≤ %s of the broker (%s), was %s"
          .formatted(BROKER_LIMIT, brokerLimit, timeout);
    }
    return null;
  }

  private static Duration brokerLimit(KafkaConfig kafka) {
    Properties properties = kafka.clientProperties();
    properties.setProperty(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers());
    try (Admin admin = Admin.create(properties)) {
      Duration least = null;
      for (Node node : get(admin.describeCluster().nodes())) {
        ConfigResource broker = new ConfigResource(ConfigResource.Type.BROKER, node.idString());
        Config config = get(admin.describeConfigs(List.of(broker)).all()).get(broker);
        ConfigEntry entry = config == null ? null : config.get(BROKER_LIMIT);
        if (entry == null || entry.value() == null) {
          throw unreadable("broker " + node.id() + " does not tell it");
        }
        Duration limit = Duration.ofMillis(Long.parseLong(entry.value()));
        least = least == null || limit.compareTo(least) < 0 ? limit : least;
      }
      if (least == null) {
        throw unreadable("there is no broker");
      }
      return least;
    } catch (KafkaException | ExecutionException | TimeoutException e) {
      throw unreadable(e.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unreadable("interrupted");
    }
  }

  private static <T> T get(KafkaFuture<T> answer)
      throws ExecutionException, InterruptedException, TimeoutException {
    return answer.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
  }

  private static ConfigException unreadable(String why) {
    return new ConfigException(
        "alerting.delivery: exactly-once needs %s of the brokers, which cannot be read (%s)"
            .formatted(BROKER_LIMIT, why));
  }
}
