package io.tidewatch.jobs.telemetry;

import io.tidewatch.jobs.config.AlertingConfig;
import io.tidewatch.jobs.config.EventTimeConfig;
import io.tidewatch.jobs.config.FeaturesConfig;
import io.tidewatch.jobs.config.InputConfig;
import io.tidewatch.jobs.config.KafkaConfig;
import io.tidewatch.jobs.config.ParquetConfig;
import io.tidewatch.jobs.config.PostgresConfig;
import io.tidewatch.jobs.config.PreAggregationConfig;
import io.tidewatch.jobs.config.SinkConfig;
import io.tidewatch.jobs.config.TdengineConfig;

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
}
