package io.tidewatch.jobs;

import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
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
import java.util.HashMap;
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
  void serverMetricsGiveWindowsByPointsBesideThoseByTime(EmbeddedStack stack) throws Exception {
    List<DeviceTelemetry> metrics = serverMetrics(RealTelemetry.present("asd/omi-1_test.csv"));
    Path models = Files.createDirectories(Path.of("target", "models-by-points").toAbsolutePath());
    Files.copy(
        JobUnderTest.shipped("models/metric.yaml"),
        models.resolve("metric.yaml"),
        REPLACE_EXISTING);
    String omi = Files.readString(JobUnderTest.shipped("models/omi.yaml"));
    String byTime = "  size: PT1H\n  slide: PT5M\n";
    assertThat(omi).contains(byTime);
    Files.writeString(
        models.resolve("omi.yaml"), omi.replace(byTime, "  size: 100 points\n  overlap: 0.5\n"));
    TelemetryModels both = ModelFiles.load(YamlLoader.ofProcess(), models);
    List<DeviceTelemetry> values = metrics.stream().map(RealTelemetryITCase::firstValue).toList();
    TelemetryCodec codec = new TelemetryCodec(both);
    List<byte[]> messages = new ArrayList<>();
    for (int i = 0; i < metrics.size(); i++) {
      // In turn, so that each partition holds readings of both devices, each in order of time.
      boolean even = i % 2 == 0;
      messages.add(codec.encode(even ? metrics.get(i) : values.get(i)));
      messages.add(codec.encode(even ? values.get(i) : metrics.get(i)));
    }
    Path rules = Files.writeString(models.resolveSibling("no-rules.yaml"), "groups: []\n");

    JobUnderTest job =
        JobUnderTest.start(stack, TelemetryJob::build, rules, "models: " + models, messages);
    job.awaitRead(messages.size());
    job.drain();

    assertThat(job.restarts()).isZero();
    assertThat(job.deadLetters()).isEmpty();
    assertThat(job.late()).isEmpty();
    Map<StoredWindows.Key, StoredWindows.Features> byPoints = new HashMap<>();
    Map<StoredWindows.Key, StoredWindows.Features> ofTime = new HashMap<>();
    StoredWindows.features(job)
        .forEach((key, row) -> (key.series().startsWith("omi/") ? byPoints : ofTime).put(key, row));
    assertThat(byPoints).hasSize((metrics.size() - 100) / 50 + 1);
    RecomputedWindows.assertFeatures(byPoints, metrics, both.get("omi"));
    RecomputedWindows.assertFeatures(ofTime, values, both.get("metric"));
  }

  private static DeviceTelemetry firstValue(DeviceTelemetry record) {
    return new DeviceTelemetry(
        "metric", "m00", record.eventTimeMs(), new double[] {record.values()[0]}, Map.of(), null);
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
