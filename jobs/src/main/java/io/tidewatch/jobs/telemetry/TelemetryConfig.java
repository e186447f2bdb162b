package io.tidewatch.jobs.telemetry;

import io.tidewatch.jobs.config.AlertingConfig;
import io.tidewatch.jobs.config.EventTimeConfig;
import io.tidewatch.jobs.config.FeaturesConfig;
import io.tidewatch.jobs.config.InputConfig;
import io.tidewatch.jobs.config.KafkaConfig;
import io.tidewatch.jobs.config.PostgresConfig;
import io.tidewatch.jobs.config.PreAggregationConfig;
import io.tidewatch.jobs.config.SinkConfig;

/**
 * Configuration of the telemetry job, {@code flink-conf/jobs/telemetry.yaml}.
 *
 * @param models folder of the telemetry models, relative to the file this stands in
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
    SinkConfig sink) {}
