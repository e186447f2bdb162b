package io.tidewatch.jobs.config;

/**
 * Where feature vectors go beside the database, and what normalises them there.
 *
 * @param topic Kafka topic of the vectors; none when empty
 * @param format of the vectors
 * @param schemaId of the schema of the vectors in the registry of those who read them; not looked
 *     at with another format than Avro
 * @param scalersTopic compacted Kafka topic of the scalers; none when empty. What is refused goes
 *     to {@code <topic>.dlq}
 */
public record FeaturesConfig(
    String topic, InputConfig.Format format, int schemaId, String scalersTopic) {

  public FeaturesConfig {
    TopicName.requireOrNone("topic", topic);
    TopicName.requireOrNone("scalers_topic", scalersTopic);
    if (format == InputConfig.Format.AVRO && schemaId < 1) {
      throw new IllegalArgumentException(
          "schema_id: must be ≥ 1 with format avro, was " + schemaId);
    }
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
}
