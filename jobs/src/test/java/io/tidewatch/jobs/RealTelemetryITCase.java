package io.tidewatch.jobs;

import static org.assertj.core.api.Assertions.assertThat;

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
import io.tidewatch.testkit.RealTelemetry;
import io.tidewatch.testkit.SharedStack;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Real labelled telemetry through the production jobs, every row against a recomputation. */
@ExtendWith(SharedStack.class)
class RealTelemetryITCase {

  @Test
  void serverMetricsGiveTheFeaturesOfAPlainRecomputation(EmbeddedStack stack) throws Exception {
    Path file = RealTelemetry.present("asd/omi-1_test.csv");
    List<DeviceTelemetry> input = serverMetrics(file);
    assertThat(input).hasSize(4320);
    Path models = JobUnderTest.shipped("models");
    TelemetryModels all = ModelFiles.load(YamlLoader.ofProcess(), models);
    TelemetryCodec codec = new TelemetryCodec(all);

    JobUnderTest job =
        JobUnderTest.start(
            stack,
            TelemetryJob::build,
            JobUnderTest.shipped("rules/telemetry.yaml"),
            "models: " + models,
            input.stream().map(codec::encode).toList());
    job.awaitRead(input.size());
    job.drain();

    assertThat(job.restarts()).isZero();
    assertThat(job.deadLetters()).isEmpty();
    assertThat(job.late()).isEmpty();
    RecomputedWindows.assertFeatures(StoredWindows.features(job), input, all.get("omi"));
  }

  @Test
  void requestLatencyGivesThePercentilesOfAPlainRecomputation(EmbeddedStack stack)
      throws Exception {
    Path file = RealTelemetry.present("nab/realKnownCause/ec2_request_latency_system_failure.csv");
    List<ApiLatency> input = requestLatency(file);
    assertThat(input).hasSize(4032);
    ApiLatencyCodec codec = new ApiLatencyCodec();
    WindowSpec window = new WindowSpec(Duration.ofHours(1), Duration.ofMinutes(5));

    JobUnderTest job =
        JobUnderTest.start(
            stack,
            LatencyJob::build,
            JobUnderTest.shipped("rules/latency.yaml"),
            "window: {size: PT1H, slide: PT5M}",
            input.stream().map(codec::encode).toList());
    job.awaitRead(input.size());
    job.drain();

    assertThat(job.restarts()).isZero();
    assertThat(job.deadLetters()).isEmpty();
    assertThat(job.late()).isEmpty();
    RecomputedWindows.assertLatency(StoredWindows.latency(job), input, window);
  }

  /** One row in five minutes; the file has no times, so they begin at a round one. */
  private static List<DeviceTelemetry> serverMetrics(Path file) throws Exception {
    long startMs = LocalDateTime.parse("2024-01-01T00:00").toInstant(ZoneOffset.UTC).toEpochMilli();
    List<DeviceTelemetry> records = new ArrayList<>();
    for (String line : Files.readAllLines(file).stream().skip(1).toList()) {
      String[] columns = line.split(",", -1);
      records.add(
          new DeviceTelemetry(
              "omi",
              "omi-1",
              startMs + records.size() * Duration.ofMinutes(5).toMillis(),
              Arrays.stream(columns, 0, 19).mapToDouble(Double::parseDouble).toArray(),
              Map.of(),
              columns[19]));
    }
    return records;
  }

  private static List<ApiLatency> requestLatency(Path file) throws Exception {
    List<ApiLatency> requests = new ArrayList<>();
    for (String line : Files.readAllLines(file).stream().skip(1).toList()) {
      String[] columns = line.split(",", -1);
      long timeMs =
          LocalDateTime.parse(columns[0].replace(' ', 'T'))
              .toInstant(ZoneOffset.UTC)
              .toEpochMilli();
      requests.add(
          new ApiLatency(
              "ec2", "/request", "GET", 200, Double.parseDouble(columns[1]), timeMs, null));
    }
    return requests;
  }
}
