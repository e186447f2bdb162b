package io.tidewatch.cli.demo;

import io.tidewatch.embedded.EmbeddedKafka;
import java.util.Map;

/** The topics of the shipped configuration. */
final class DemoTopics {
  static final String TELEMETRY = "tidewatch.telemetry.v1";
  static final String LATENCY = "tidewatch.api-latency.v1";
  static final String FEATURES = "tidewatch.features.v1";
  static final String WINDOWS = "tidewatch.latency-windows.v1";
  static final String SCORES = "tidewatch.scores.v1";
  static final String MODELS = "tidewatch.models.v1";
  static final String ALERTS = "tidewatch.alerts.v1";
  static final String ALERT_STATES = "tidewatch.alert-state.v1";
  static final String RULES = "tidewatch.rules.v1";
  static final String RULE_STATUS = "tidewatch.rule-status.v1";
  static final String NOTIFICATIONS = "tidewatch.notifications.v1";
  static final String UNDELIVERED = "tidewatch.undelivered.v1";
  static final String REFUSED = "tidewatch.refused.v1";
  static final int PARTITIONS = 2;

  private DemoTopics() {}

  static String rejected(String topic) {
    return topic + ".dlq";
  }

  static String late(String topic) {
    return topic + ".late";
  }

  static void create(EmbeddedKafka kafka) {
    for (String topic : new String[] {TELEMETRY, LATENCY}) {
      kafka.createTopic(topic, PARTITIONS, Map.of());
      kafka.createTopic(rejected(topic), 1, Map.of());
      kafka.createTopic(late(topic), 1, Map.of());
    }
    for (String topic : new String[] {FEATURES, WINDOWS}) {
      kafka.createTopic(topic, PARTITIONS, Map.of());
      kafka.createTopic(rejected(topic), 1, Map.of());
    }
    kafka.createTopic(SCORES, PARTITIONS, Map.of());
    kafka.createTopic(MODELS, 1, Map.of("cleanup.policy", "compact"));
    kafka.createTopic(rejected(MODELS), 1, Map.of());
    kafka.createTopic(ALERTS, 1, Map.of());
    for (String topic : new String[] {ALERT_STATES, RULES, RULE_STATUS}) {
      kafka.createTopic(topic, 1, Map.of("cleanup.policy", "compact"));
    }
    kafka.createTopic(rejected(ALERTS), 1, Map.of());
    kafka.createTopic(NOTIFICATIONS, 1, Map.of("cleanup.policy", "compact"));
    kafka.createTopic(UNDELIVERED, 1, Map.of());
    kafka.createTopic(REFUSED, 1, Map.of());
  }
}
