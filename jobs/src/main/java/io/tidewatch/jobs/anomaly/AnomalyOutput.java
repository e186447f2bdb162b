package io.tidewatch.jobs.anomaly;

/**
 * Where scores and models go.
 *
 * @param scoresTopic Kafka topic of the scores
 * @param modelsTopic compacted Kafka topic of the models, which is read, too; what is refused goes
 *     to {@code <topic>.dlq}
 */
public record AnomalyOutput(String scoresTopic, String modelsTopic) {

  public AnomalyOutput {
    requireTopic("scores_topic", scoresTopic);
    requireTopic("models_topic", modelsTopic);
  }

  public String modelsDeadLetterTopic() {
    return modelsTopic + ".dlq";
  }

  private static void requireTopic(String key, String topic) {
    if (!topic.matches("[a-zA-Z0-9._-]{1,200}")) {
      throw new IllegalArgumentException(
          key + ": must be letters, digits, '.', '_' or '-', at most 200, was '" + topic + "'");
    }
  }
}
