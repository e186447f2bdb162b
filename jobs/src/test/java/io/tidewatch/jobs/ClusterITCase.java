package io.tidewatch.jobs;

import static org.awaitility.Awaitility.await;

import io.tidewatch.embedded.EmbeddedStack;
import io.tidewatch.jobs.config.ModelFiles;
import io.tidewatch.jobs.config.YamlLoader;
import io.tidewatch.jobs.latency.LatencyJob;
import io.tidewatch.jobs.telemetry.TelemetryJob;
import io.tidewatch.schemas.codec.ApiLatencyCodec;
import io.tidewatch.schemas.codec.TelemetryCodec;
import io.tidewatch.schemas.event.ApiLatency;
import io.tidewatch.schemas.event.DeviceTelemetry;
import io.tidewatch.schemas.model.TelemetryModels;
import io.tidewatch.schemas.model.WindowSpec;
import io.tidewatch.testkit.FlinkProcesses;
import io.tidewatch.testkit.SharedStack;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The shaded jar, submitted with {@code flink run} to a JobManager and two TaskManagers that are
 * processes of their own, with the cluster's configuration that users run; the telemetry job also
 * with its shipped configuration file, as the README says.
 */
@ExtendWith(SharedStack.class)
class ClusterITCase {
  private static final Path JAR =
      Path.of("target", "tidewatch-jobs-" + System.getProperty("tidewatch.version") + ".jar");
  private static final int RECORDS = 2000;
  private static final WindowSpec WINDOW =
      new WindowSpec(Duration.ofSeconds(10), Duration.ofSeconds(1));

  private final long startMs = System.currentTimeMillis() - RECORDS * 100L;

  @Test
  void bothJobsRunFromTheShadedJar(EmbeddedStack stack) throws Exception {
    // Stays for whoever wants to see why it failed: the logs of the processes.
    Path folder = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "cluster-");
    TelemetryModels models = ModelFiles.load(YamlLoader.ofProcess(), JobSpace.shipped("models"));
    List<DeviceTelemetry> telemetry = telemetry();
    List<ApiLatency> requests = requests();
    JobSpace telemetrySpace = JobSpace.ofShippedConfiguration(stack, "tidewatch.telemetry.v1");
    JobSpace latencySpace = new JobSpace(stack);
    TelemetryCodec telemetryCodec = new TelemetryCodec(models);
    ApiLatencyCodec latencyCodec = new ApiLatencyCodec();
    telemetrySpace.write(telemetry.stream().map(telemetryCodec::encode).toList());
    latencySpace.write(requests.stream().map(latencyCodec::encode).toList());

    try (FlinkProcesses cluster =
        FlinkProcesses.start(
            JobSpace.shipped("../testkit/flink-lib/target/lib"),
            JobSpace.shipped("."),
            folder,
            2)) {
      String telemetryJob =
          cluster.run(
              JAR,
              TelemetryJob.class.getName(),
              telemetrySpace.environment(),
              "--config",
              JobSpace.shipped("jobs/telemetry.yaml").toString());
      String latencyJob =
          cluster.run(
              JAR,
              LatencyJob.class.getName(),
              Map.of(),
              "--config",
              latencySpace
                  .configFile(
                      JobSpace.shipped("rules/latency.yaml"), "window: {size: PT10S, slide: PT1S}")
                  .toString());

      awaitRows(telemetrySpace, "device_features");
      awaitRows(latencySpace, "api_latency_windows");
      cluster.drain(telemetryJob);
      cluster.drain(latencyJob);
    }

    try (Connection connection = telemetrySpace.database()) {
      RecomputedWindows.assertFeatures(
          StoredWindows.features(connection), telemetry, models.get("welding"));
    }
    try (Connection connection = latencySpace.database()) {
      RecomputedWindows.assertLatency(StoredWindows.latency(connection), requests, WINDOW);
    }
  }

  /**
   * Until the newest window that can fire without a drain has been written: its end is at most a
   * slide before the watermark, which is 5 s behind the last record of the partition that has the
   * last but one.
   */
  private void awaitRows(JobSpace space, String table) {
    long lastMs = startMs + (RECORDS - 2) * 100L;
    await("rows of " + table)
        .atMost(Duration.ofMinutes(5))
        .pollInterval(Duration.ofMillis(500))
        .ignoreExceptions()
        .until(() -> space.newestWindowEndMs(table) >= lastMs - 6_000);
  }

  private List<DeviceTelemetry> telemetry() {
    Random random = new Random(3);
    List<DeviceTelemetry> records = new ArrayList<>();
    for (int i = 0; i < RECORDS; i++) {
      double[] values = {170 + random.nextGaussian(), 24, 40 + random.nextGaussian(), 2};
      records.add(
          new DeviceTelemetry("welding", "d-" + i % 4, startMs + i * 100L, values, Map.of(), null));
    }
    return records;
  }

  private List<ApiLatency> requests() {
    Random random = new Random(4);
    List<ApiLatency> requests = new ArrayList<>();
    for (int i = 0; i < RECORDS; i++) {
      requests.add(
          new ApiLatency(
              "shop",
              "/e" + i % 3,
              "GET",
              200,
              Math.exp(3 + random.nextGaussian()),
              startMs + i * 100L,
              null));
    }
    return requests;
  }
}
