package io.tidewatch.cli.demo;

import io.tidewatch.embedded.EmbeddedFlink;
import io.tidewatch.embedded.EmbeddedStack;
import io.tidewatch.embedded.InProcessMetrics;
import io.tidewatch.jobs.config.YamlLoader;
import io.tidewatch.jobs.latency.LatencyJob;
import io.tidewatch.jobs.telemetry.TelemetryJob;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.JobID;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** The production jobs on the embedded cluster, with {@code flink-conf/demo}. */
final class DemoJobs {
  private static final Duration STOP_TIMEOUT = Duration.ofMinutes(2);

  private final EmbeddedFlink flink;
  private final JobID telemetry;
  private final JobID latency;

  private DemoJobs(EmbeddedFlink flink, JobID telemetry, JobID latency) {
    this.flink = flink;
    this.telemetry = telemetry;
    this.latency = latency;
  }

  static DemoJobs submit(EmbeddedStack stack, Path flinkConf, Path models) {
    Map<String, String> environment =
        Map.of(
            "TIDEWATCH_KAFKA", stack.kafka().bootstrapServers(),
            "TIDEWATCH_JDBC_URL", stack.database().jdbcUrl(),
            "TIDEWATCH_JDBC_USER", stack.database().user(),
            "TIDEWATCH_DEMO_MODELS", models.toString());
    YamlLoader loader = new YamlLoader(environment::get);
    StreamExecutionEnvironment latency = environment(stack.flink());
    LatencyJob.build(latency, loader, flinkConf.resolve("demo/latency.yaml").toAbsolutePath());
    JobID latencyId = stack.flink().submit(latency);
    StreamExecutionEnvironment telemetry = environment(stack.flink());
    TelemetryJob.build(
        telemetry, loader, flinkConf.resolve("demo/telemetry.yaml").toAbsolutePath());
    return new DemoJobs(stack.flink(), stack.flink().submit(telemetry), latencyId);
  }

  private static StreamExecutionEnvironment environment(EmbeddedFlink flink) {
    return StreamExecutionEnvironment.getExecutionEnvironment(flink.configuration());
  }

  /**
   * @throws IllegalStateException when a job has ended
   */
  void check() {
    for (JobID job : List.of(telemetry, latency)) {
      if (flink.status(job).isGloballyTerminalState()) {
        throw new IllegalStateException(
            "a job of the demo ended", flink.failureCause(job).orElse(null));
      }
    }
  }

  int restarts() {
    return flink.restarts(telemetry) + flink.restarts(latency);
  }

  long telemetryRead() {
    return read(telemetry);
  }

  long latencyRead() {
    return read(latency);
  }

  long windows() {
    return (long)
        (InProcessMetrics.sum(telemetry, "tidewatch.windows_total")
            + InProcessMetrics.sum(latency, "tidewatch.windows_total"));
  }

  private static long read(JobID job) {
    return (long) InProcessMetrics.sum(job, "tidewatch.records_in_total");
  }

  /** Ends event time, so that all windows fire, and stops both jobs when all is written. */
  void drain() {
    flink.stopWithDrain(telemetry, STOP_TIMEOUT);
    flink.stopWithDrain(latency, STOP_TIMEOUT);
  }
}
