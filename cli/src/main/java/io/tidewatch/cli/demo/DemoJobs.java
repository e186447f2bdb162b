package io.tidewatch.cli.demo;

import io.tidewatch.embedded.EmbeddedFlink;
import io.tidewatch.embedded.EmbeddedStack;
import io.tidewatch.embedded.InProcessMetrics;
import io.tidewatch.jobs.anomaly.AnomalyJob;
import io.tidewatch.jobs.config.YamlLoader;
import io.tidewatch.jobs.latency.LatencyJob;
import io.tidewatch.jobs.telemetry.TelemetryJob;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.JobID;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.jspecify.annotations.Nullable;

/** The production jobs on the embedded cluster, with {@code flink-conf/demo}. */
final class DemoJobs {
  private static final Duration STOP_TIMEOUT = Duration.ofMinutes(2);

  private final EmbeddedFlink flink;
  private final Path configurations;
  private final YamlLoader loader;
  private final JobID telemetry;
  private final JobID latency;
  private @Nullable JobID anomaly;

  private DemoJobs(EmbeddedFlink flink, Path configurations, YamlLoader loader) {
    this.flink = flink;
    this.configurations = configurations;
    this.loader = loader;
    StreamExecutionEnvironment ofLatency = environment();
    LatencyJob.build(ofLatency, loader, configurations.resolve("latency.yaml"));
    this.latency = flink.submit(ofLatency);
    StreamExecutionEnvironment ofTelemetry = environment();
    TelemetryJob.build(ofTelemetry, loader, configurations.resolve("telemetry.yaml"));
    this.telemetry = flink.submit(ofTelemetry);
  }

  /** Starts the jobs that make windows. */
  static DemoJobs submit(EmbeddedStack stack, Path flinkConf, Path models) {
    Map<String, String> environment =
        Map.of(
            "TIDEWATCH_KAFKA", stack.kafka().bootstrapServers(),
            "TIDEWATCH_JDBC_URL", stack.database().jdbcUrl(),
            "TIDEWATCH_JDBC_USER", stack.database().user(),
            "TIDEWATCH_DEMO_MODELS", models.toString());
    return new DemoJobs(
        stack.flink(),
        flinkConf.resolve("demo").toAbsolutePath(),
        new YamlLoader(environment::get));
  }

  /**
   * Starts the job that scores windows. It reads them from the first one on, so it need not be
   * there when they begin, and does not take the others' time then.
   */
  void submitAnomaly() {
    StreamExecutionEnvironment ofAnomaly = environment();
    AnomalyJob.build(ofAnomaly, loader, configurations.resolve("anomaly.yaml"));
    anomaly = flink.submit(ofAnomaly);
  }

  private StreamExecutionEnvironment environment() {
    return StreamExecutionEnvironment.getExecutionEnvironment(flink.configuration());
  }

  private List<JobID> all() {
    List<JobID> all = new ArrayList<>(List.of(telemetry, latency));
    if (anomaly != null) {
      all.add(anomaly);
    }
    return all;
  }

  /**
   * @throws IllegalStateException when a job has ended
   */
  void check() {
    for (JobID job : all()) {
      if (flink.status(job).isGloballyTerminalState()) {
        throw new IllegalStateException(
            "a job of the demo ended", flink.failureCause(job).orElse(null));
      }
    }
  }

  int restarts() {
    return all().stream().mapToInt(flink::restarts).sum();
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

  /** Vectors that the anomaly job has read. */
  long vectorsRead() {
    return anomalyRead(AnomalyJob.VECTORS_READ);
  }

  /** Latency windows that the anomaly job has read. */
  long windowsRead() {
    return anomalyRead(AnomalyJob.WINDOWS_READ);
  }

  private long anomalyRead(String operator) {
    return anomaly == null
        ? 0
        : (long) InProcessMetrics.sum(anomaly, operator, "tidewatch.records_in_total");
  }

  /** Ends event time, so that all windows fire, and stops their jobs when all is written. */
  void drain() {
    flink.stopWithDrain(telemetry, STOP_TIMEOUT);
    flink.stopWithDrain(latency, STOP_TIMEOUT);
  }

  /** Stops the anomaly job when all it has read is written. */
  void drainAnomaly() {
    if (anomaly != null) {
      flink.stopWithDrain(anomaly, STOP_TIMEOUT);
    }
  }
}
