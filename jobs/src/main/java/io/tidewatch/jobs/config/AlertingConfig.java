package io.tidewatch.jobs.config;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Duration;

/**
 * What is held against what passes, and where transitions go.
 *
 * @param rules rule file, relative to the file this stands in
 * @param topic Kafka topic of the alert events
 * @param stateTopic compacted Kafka topic of the present state of each alert; none when empty
 * @param rulesTopic compacted Kafka topic of rules that are told while the job runs; none when
 *     empty
 * @param statusTopic compacted Kafka topic of what becomes of the rules; none when empty
 * @param delivery of the alert events
 * @param transactionTimeout how long the broker keeps an open transaction; not looked at with
 *     at-least-once
 * @param restartBudget the longest the job may be away between a checkpoint and its next start; not
 *     looked at with at-least-once
 */
public record AlertingConfig(
    String rules,
    String topic,
    String stateTopic,
    String rulesTopic,
    String statusTopic,
    Delivery delivery,
    Duration transactionTimeout,
    Duration restartBudget) {

  /** How alert events reach their topic. */
  public enum Delivery {
    /** At once, and perhaps twice after a restart, under the same ids. */
    @JsonProperty("at-least-once")
    AT_LEAST_ONCE,
    /** Once for those who read committed messages only, and with the next checkpoint. */
    @JsonProperty("exactly-once")
    EXACTLY_ONCE
  }

  public AlertingConfig {
    TopicName.require("topic", topic);
    TopicName.requireOrNone("state_topic", stateTopic);
    TopicName.requireOrNone("rules_topic", rulesTopic);
    TopicName.requireOrNone("status_topic", statusTopic);
    requirePositive("transaction_timeout", transactionTimeout);
    requirePositive("restart_budget", restartBudget);
  }

  private static void requirePositive(String key, Duration duration) {
    if (duration.toMillis() < 1) {
      throw new IllegalArgumentException(key + ": must be ≥ PT0.001S, was " + duration);
    }
  }
}
