package io.tidewatch.jobs.latency;

import io.tidewatch.analytics.endpoint.EndpointRules;
import io.tidewatch.analytics.quantile.CarriedSketches;
import io.tidewatch.jobs.config.AlertingConfig;
import io.tidewatch.jobs.config.EventTimeConfig;
import io.tidewatch.jobs.config.InputConfig;
import io.tidewatch.jobs.config.JobTopics;
import io.tidewatch.jobs.config.KafkaConfig;
import io.tidewatch.jobs.config.ParquetConfig;
import io.tidewatch.jobs.config.PostgresConfig;
import io.tidewatch.jobs.config.PreAggregationConfig;
import io.tidewatch.jobs.config.SinkConfig;
import io.tidewatch.jobs.config.StreamSink;
import io.tidewatch.jobs.config.TdengineConfig;
import io.tidewatch.schemas.model.WindowSpec;

/**
 * Configuration of the latency job, {@code flink-conf/jobs/latency.yaml}.
 *
 * @param endpoints how endpoints are named, and how many there may be
 * @param window over which rates and percentiles are computed
 * @param storedSketches which rows hold the sketch of their durations
 * @param output topic of the windows
 * @param sinks where its streams go
 * @param sink how rows are written
 */
public record LatencyConfig(
    KafkaConfig kafka,
    InputConfig input,
    EventTimeConfig eventTime,
    EndpointRules endpoints,
    WindowSpec window,
    CarriedSketches storedSketches,
    PreAggregationConfig preAggregation,
    LatencyOutput output,
    AlertingConfig alerting,
    PostgresConfig postgres,
    TdengineConfig tdengine,
    ParquetConfig parquet,
    LatencySinks sinks,
    SinkConfig sink) {

  public LatencyConfig {
    parquet.requirePathFor("sinks.windows", sinks.windows());
  }

  /** What must be there before the job is. */
  JobTopics topics() {
    JobTopics topics =
        new JobTopics()
            .addInput("input.topic", input)
            .add("input.topic", input.lateTopic())
            .addAlerting(alerting)
            .addRefused(sink, sinks.windows());
    return sinks.windows().contains(StreamSink.KAFKA)
        ? topics.add("output.windows_topic", output.windowsTopic())
        : topics;
  }
}
