package io.tidewatch.jobs.config;

/** What a topic of Kafka may be called. */
public final class TopicName {
  private TopicName() {}

  /**
   * @throws IllegalArgumentException when no topic can be called that; one line that names the key
   */
  public static void require(String key, String topic) {
    require(key, topic, topic.matches("[a-zA-Z0-9._-]{1,200}"));
  }

  /** The same where it may be empty, for none. */
  public static void requireOrNone(String key, String topic) {
    require(key, topic, topic.matches("[a-zA-Z0-9._-]{0,200}"));
  }

  private static void require(String key, String topic, boolean good) {
    if (!good) {
      throw new IllegalArgumentException(
          key + ": must be letters, digits, '.', '_' or '-', at most 200, was '" + topic + "'");
    }
  }
}
