package io.tidewatch.jobs.latency;

import io.tidewatch.jobs.config.AlertingConfig;
import io.tidewatch.jobs.config.EventTimeConfig;
import io.tidewatch.jobs.config.InputConfig;
import io.tidewatch.jobs.config.KafkaConfig;
import io.tidewatch.jobs.config.PostgresConfig;
import io.tidewatch.jobs.config.PreAggregationConfig;
import io.tidewatch.schemas.model.WindowSpec;

/**
 * Configuration of the latency job, {@code flink-conf/jobs/latency.yaml}.
 *
 * @param window over which rates and percentiles are computed
 */
public record LatencyConfig(
    KafkaConfig kafka,
    InputConfig input,
    EventTimeConfig eventTime,
    WindowSpec window,
    PreAggregationConfig preAggregation,
    AlertingConfig alerting,
    PostgresConfig postgres) {}
