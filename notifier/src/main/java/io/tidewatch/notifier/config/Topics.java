package io.tidewatch.notifier.config;

/** What Kafka takes as the name of a topic. */
final class Topics {
  private Topics() {}

  static void require(String key, String topic) {
    if (!topic.matches("[a-zA-Z0-9._-]{1,200}")) {
      throw new IllegalArgumentException(
          key + ": must be letters, digits, '.', '_' or '-', at most 200, was '" + topic + "'");
    }
  }
}
