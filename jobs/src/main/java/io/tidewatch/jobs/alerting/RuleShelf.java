package io.tidewatch.jobs.alerting;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tidewatch.jobs.config.AlertingConfig;
import io.tidewatch.jobs.config.ConfigException;
import io.tidewatch.jobs.config.KafkaConfig;
import io.tidewatch.jobs.source.RulesTopic;
import io.tidewatch.jobs.source.WholeTopic;
import io.tidewatch.schemas.codec.Decoded;
import io.tidewatch.schemas.codec.RuleStatusCodec;
import io.tidewatch.schemas.rule.RuleStatus;
import io.tidewatch.schemas.rule.RuleUpdate;
import io.tidewatch.udfs.alert.RuleReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * The topic of rules as people use it: rules put there for all jobs, and what the jobs made of
 * them. Checks what it puts there as a job will, so that a refusal is seen at once.
 */
public final class RuleShelf {
  private static final String STATUS_KEY = "alerting.status_topic";

  private final KafkaConfig kafka;
  private final AlertingConfig alerting;
  private final RuleReader reader;

  /**
   * @throws ConfigException when the configuration names no topic of rules
   */
  public RuleShelf(KafkaConfig kafka, AlertingConfig alerting, RuleReader reader) {
    if (alerting.rulesTopic().isEmpty()) {
      throw new ConfigException(RulesTopic.KEY + ": must be a topic, was ''");
    }
    this.kafka = kafka;
    this.alerting = alerting;
    this.reader = reader;
  }

  /**
   * Tells rules to the jobs, all or none.
   *
   * @param documents by name of the rule
   * @throws IllegalArgumentException when a job would refuse one; one line
   */
  public void put(Map<String, String> documents) {
    documents.forEach(
        (name, document) -> {
          if (document.length() > RuleUpdate.MAX_DOCUMENT_CHARS) {
            throw new IllegalArgumentException(
                "rule '%s': must be at most %d characters as JSON, was %d"
                    .formatted(name, RuleUpdate.MAX_DOCUMENT_CHARS, document.length()));
          }
          reader.read(name, document);
        });
    write(documents);
  }

  /** Takes rules away, also those of files. */
  public void remove(List<String> names) {
    Map<String, @Nullable String> tombstones = new TreeMap<>();
    names.forEach(name -> tombstones.put(name, null));
    write(tombstones);
  }

  /** The last that was told of each rule, by its name; no document: it was taken away. */
  public Map<String, RuleUpdate> told() {
    Map<String, RuleUpdate> told = new TreeMap<>();
    RulesTopic.read(kafka, alerting.rulesTopic())
        .updates()
        .forEach(update -> told.put(update.rule(), update));
    return told;
  }

  /** What each job made of each rule, in the order of rules and jobs. */
  public List<RuleStatus> statuses() {
    Map<String, RuleStatus> statuses = new TreeMap<>();
    if (!alerting.statusTopic().isEmpty()) {
      RuleStatusCodec codec = new RuleStatusCodec();
      new WholeTopic(kafka, STATUS_KEY, alerting.statusTopic())
          .read(
              message -> {
                if (codec.decode(message.value()) instanceof Decoded.Ok<RuleStatus> ok) {
                  RuleStatus status = ok.value();
                  statuses.put(status.rule() + "\n" + status.job(), status);
                }
              });
    }
    return List.copyOf(statuses.values());
  }

  private void write(Map<String, ? extends @Nullable String> documents) {
    Properties properties = kafka.clientProperties();
    properties.setProperty(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers());
    try (var producer =
        new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())) {
      List<Future<?>> sent = new ArrayList<>();
      documents.forEach(
          (name, document) ->
              sent.add(
                  producer.send(
                      new ProducerRecord<>(
                          alerting.rulesTopic(),
                          name.getBytes(UTF_8),
                          document == null ? null : document.getBytes(UTF_8)))));
      for (Future<?> each : sent) {
        each.get();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted before the rules were written", e);
    } catch (ExecutionException | KafkaException e) {
      throw new IllegalStateException(alerting.rulesTopic() + ": cannot be written", e);
    }
  }
}
