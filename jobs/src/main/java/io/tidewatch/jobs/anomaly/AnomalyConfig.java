package io.tidewatch.jobs.anomaly;

import io.tidewatch.analytics.model.ModelSettings;
import io.tidewatch.jobs.config.AlertingConfig;
import io.tidewatch.jobs.config.EventTimeConfig;
import io.tidewatch.jobs.config.InputConfig;
import io.tidewatch.jobs.config.JobTopics;
import io.tidewatch.jobs.config.KafkaConfig;
import io.tidewatch.jobs.config.ParquetConfig;
import io.tidewatch.jobs.config.PostgresConfig;
import io.tidewatch.jobs.config.SinkConfig;
import io.tidewatch.jobs.config.StreamSink;
import io.tidewatch.jobs.config.TdengineConfig;

/**
 * Configuration of the anomaly job, {@code flink-conf/jobs/anomaly.yaml}.
 *
 * @param input feature vectors
 * @param models folder of the telemetry models, relative to the file this stands in
 * @param features which of them are scored
 * @param scoring the life of the models
 * @param series which single metrics are scored
 * @param output where scores and models go
 * @param alerting what is held against the scores
 */
public record AnomalyConfig(
    KafkaConfig kafka,
    InputConfig input,
    EventTimeConfig eventTime,
    String models,
    ScoredFeatures features,
    ModelSettings scoring,
    SeriesConfig series,
    AnomalyOutput output,
    AlertingConfig alerting,
    PostgresConfig postgres,
    TdengineConfig tdengine,
    ParquetConfig parquet,
    AnomalySinks sinks,
    SinkConfig sink) {

  public AnomalyConfig {
    parquet.requirePathFor("sinks.scores", sinks.scores());
    if (!eventTime.allowedLateness().isZero()) {
      throw new IllegalArgumentException(
          "event_time.allowed_lateness: must be PT0S, a row is scored when it comes, was "
              + eventTime.allowedLateness());
    }
  }

  /** The topic of latency windows, read as that of the vectors is. */
  InputConfig latencyInput() {
    return new InputConfig(
        series.latencyTopic(),
        input.groupId() + "-latency",
        input.start(),
        input.maxMessageBytes(),
        input.format(),
        input.avro());
  }

  /** What must be there before the job is. */
  JobTopics topics() {
    JobTopics topics =
        new JobTopics()
            .addInput("input.topic", input)
            .add(AnomalyFiles.MODELS_TOPIC, output.modelsTopic())
            .add(AnomalyFiles.MODELS_TOPIC, output.modelsDeadLetterTopic())
            .addAlerting(alerting)
            .addRefused(sink, sinks.scores());
    if (!series.endpointSelectors().isEmpty()) {
      topics.addInput("series.latency_topic", latencyInput());
    }
    return sinks.scores().contains(StreamSink.KAFKA)
        ? topics.add("output.scores_topic", output.scoresTopic())
        : topics;
  }
}
