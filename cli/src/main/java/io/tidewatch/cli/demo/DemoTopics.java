package io.tidewatch.cli.demo;

import io.tidewatch.embedded.EmbeddedKafka;
import java.util.Map;

/** The topics of the shipped configuration. */
final class DemoTopics {
  static final String TELEMETRY = "tidewatch.telemetry.v1";
  static final String LATENCY = "tidewatch.api-latency.v1";
  static final String FEATURES = "tidewatch.features.v1";
  static final String ALERTS = "tidewatch.alerts.v1";
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
    kafka.createTopic(FEATURES, PARTITIONS, Map.of());
    kafka.createTopic(ALERTS, 1, Map.of());
    kafka.createTopic(REFUSED, 1, Map.of());
  }
}
