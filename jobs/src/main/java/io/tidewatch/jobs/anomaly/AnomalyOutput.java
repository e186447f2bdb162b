package io.tidewatch.jobs.anomaly;

import io.tidewatch.jobs.config.TopicName;

/**
 * Where scores and models go.
 *
 * @param scoresTopic Kafka topic of the scores
 * @param modelsTopic compacted Kafka topic of the models, which is read, too; what is refused goes
 *     to {@code <topic>.dlq}
 */
public record AnomalyOutput(String scoresTopic, String modelsTopic) {

  public AnomalyOutput {
    TopicName.require("scores_topic", scoresTopic);
    TopicName.require("models_topic", modelsTopic);
  }

  public String modelsDeadLetterTopic() {
    return modelsTopic + ".dlq";
  }
}
