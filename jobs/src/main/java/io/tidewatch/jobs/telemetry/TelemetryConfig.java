package io.tidewatch.jobs.telemetry;

import io.tidewatch.jobs.config.AlertingConfig;
import io.tidewatch.jobs.config.EventTimeConfig;
import io.tidewatch.jobs.config.FeaturesConfig;
import io.tidewatch.jobs.config.InputConfig;
import io.tidewatch.jobs.config.JobTopics;
import io.tidewatch.jobs.config.KafkaConfig;
import io.tidewatch.jobs.config.ParquetConfig;
import io.tidewatch.jobs.config.PostgresConfig;
import io.tidewatch.jobs.config.PreAggregationConfig;
import io.tidewatch.jobs.config.SinkConfig;
import io.tidewatch.jobs.config.StreamSink;
import io.tidewatch.jobs.config.TdengineConfig;
import java.util.ArrayList;
import java.util.List;

/**
 * Configuration of the telemetry job, {@code flink-conf/jobs/telemetry.yaml}.
 *
 * @param models folder of the telemetry models, relative to the file this stands in
 * @param sinks where its streams go
 * @param sink how rows are written
 */
public record TelemetryConfig(
    KafkaConfig kafka,
    InputConfig input,
    EventTimeConfig eventTime,
    String models,
    PreAggregationConfig preAggregation,
    FeaturesConfig features,
    AlertingConfig alerting,
    PostgresConfig postgres,
    TdengineConfig tdengine,
    ParquetConfig parquet,
    TelemetrySinks sinks,
    SinkConfig sink) {

  public TelemetryConfig {
    parquet.requirePathFor("sinks.features", sinks.features());
    parquet.requirePathFor("sinks.readings", sinks.readings());
  }

  /** What must be there before the job is. */
  JobTopics topics() {
    List<StreamSink> all = new ArrayList<>(sinks.features());
    all.addAll(sinks.readings());
    JobTopics topics =
        new JobTopics()
            .addInput("input.topic", input)
            .add("input.topic", input.lateTopic())
            .addAlerting(alerting)
            .addRefused(sink, all);
    if (sinks.features().contains(StreamSink.KAFKA) && features.areTold()) {
      topics.add("features.topic", features.topic());
      if (features.areScaled()) {
        topics.add("features.scalers_topic", features.scalersTopic());
        topics.add("features.scalers_topic", features.scalersDeadLetterTopic());
      }
    }
    return topics;
  }
}
