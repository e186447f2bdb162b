package io.tidewatch.jobs.anomaly;

import io.tidewatch.analytics.model.ModelSettings;
import io.tidewatch.jobs.config.EventTimeConfig;
import io.tidewatch.jobs.config.InputConfig;
import io.tidewatch.jobs.config.KafkaConfig;
import io.tidewatch.jobs.config.PostgresConfig;
import io.tidewatch.jobs.config.SinkConfig;

/**
 * Configuration of the anomaly job, {@code flink-conf/jobs/anomaly.yaml}.
 *
 * @param input feature vectors in JSON
 * @param models folder of the telemetry models, relative to the file this stands in
 * @param features which of them are scored
 * @param scoring the life of the models
 * @param output where scores and models go
 */
public record AnomalyConfig(
    KafkaConfig kafka,
    InputConfig input,
    EventTimeConfig eventTime,
    String models,
    ScoredFeatures features,
    ModelSettings scoring,
    AnomalyOutput output,
    PostgresConfig postgres,
    AnomalySinks sinks,
    SinkConfig sink) {

  public AnomalyConfig {
    if (input.format() != InputConfig.Format.JSON) {
      throw new IllegalArgumentException(
          "input.format: must be json, which vectors are read in, was avro");
    }
    if (!eventTime.allowedLateness().isZero()) {
      throw new IllegalArgumentException(
          "event_time.allowed_lateness: must be PT0S, a row is scored when it comes, was "
              + eventTime.allowedLateness());
    }
  }
}
