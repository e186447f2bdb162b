package io.tidewatch.jobs.config;

/**
 * Where feature vectors go beside the database, and what normalises them there.
 *
 * @param topic Kafka topic of the vectors; none when empty
 * @param scalersTopic compacted Kafka topic of the scalers; none when empty. What is refused goes
 *     to {@code <topic>.dlq}
 */
public record FeaturesConfig(String topic, String scalersTopic) {

  public FeaturesConfig {
    requireTopicOrNone("topic", topic);
    requireTopicOrNone("scalers_topic", scalersTopic);
    if (topic.isEmpty() && !scalersTopic.isEmpty()) {
      throw new IllegalArgumentException(
          "scalers_topic: must be empty without topic, was '" + scalersTopic + "'");
    }
  }

  /** Whether vectors are told to Kafka. */
  public boolean areTold() {
    return !topic.isEmpty();
  }

  /** Whether they are normalised. */
  public boolean areScaled() {
    return !scalersTopic.isEmpty();
  }

  public String scalersDeadLetterTopic() {
    return scalersTopic + ".dlq";
  }

  private static void requireTopicOrNone(String key, String topic) {
    if (!topic.matches("[a-zA-Z0-9._-]{0,200}")) {
      throw new IllegalArgumentException(
          key + ": must be letters, digits, '.', '_' or '-', at most 200, was '" + topic + "'");
    }
  }
}
