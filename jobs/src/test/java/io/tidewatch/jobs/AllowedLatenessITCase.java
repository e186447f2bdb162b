package io.tidewatch.jobs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tidewatch.embedded.EmbeddedStack;
import io.tidewatch.embedded.InProcessMetrics;
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
import io.tidewatch.testkit.SharedStack;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Records that come after all windows of theirs have fired, within the allowed lateness and beyond
 * it, through the production jobs.
 */
@ExtendWith(SharedStack.class)
class AllowedLatenessITCase {
  private static final long START_MS = Instant.parse("2024-01-01T00:00:00Z").toEpochMilli();

  /** Watermarks are then at second 59 or a little before. */
  private static final int SECONDS = 60;

  /** Their windows end from second 41 to second 50; within, since 41 + 30 is after 59. */
  private static final long WITHIN_MS = START_MS + 40_500;

  /** Its first window ends in second 6, and 6 + 30 is before 59. */
  private static final long BEYOND_MS = START_MS + 5_500;

  private static final String EVENT_TIME =
      "event_time: {max_out_of_orderness: PT0.2S, allowed_lateness: PT30S, idle_after: PT1H}\n";

  private static final WindowSpec WINDOW =
      new WindowSpec(Duration.ofSeconds(10), Duration.ofSeconds(1));

  @TempDir Path folder;

  @Test
  void lateRequestsCorrectTheirRowsAndNoAlertSeesThem(EmbeddedStack stack) throws Exception {
    ApiLatencyCodec codec = new ApiLatencyCodec();
    List<ApiLatency> inTime = new ArrayList<>();
    for (int i = 0; i < SECONDS * 10; i++) {
      inTime.add(request(START_MS + i * 100L, 50));
    }
    List<ApiLatency> within = List.of(request(WITHIN_MS, 9_000), request(WITHIN_MS + 1, 8_000));
    ApiLatency beyond = request(BEYOND_MS, 7_000);

    JobUnderTest job =
        run(
            stack,
            LatencyJob::build,
            "max_ms > 2000",
            EVENT_TIME + "window: {size: PT10S, slide: PT1S}",
            encoded(inTime, codec::encode),
            encoded(Stream.concat(within.stream(), Stream.of(beyond)).toList(), codec::encode),
            "api_latency_windows");

    List<ApiLatency> counted = new ArrayList<>(inTime);
    counted.addAll(within);
    RecomputedWindows.assertLatency(StoredWindows.latency(job), counted, WINDOW);
    assertCorrected(job, "api_latency_windows");
    assertThat(job.late())
        .singleElement()
        .satisfies(late -> assertThat(late.value()).isEqualTo(codec.encode(beyond)));
    assertNoAlertAndAsManyCorrectionsSkipped(job);
  }

  @Test
  void lateReadingsCorrectTheirRowsAndNoAlertSeesThem(EmbeddedStack stack) throws Exception {
    Path models = JobUnderTest.shipped("models");
    TelemetryModels all = ModelFiles.load(YamlLoader.ofProcess(), models);
    assertThat(all.get("welding").window()).isEqualTo(WINDOW);
    TelemetryCodec codec = new TelemetryCodec(all);
    List<DeviceTelemetry> inTime = new ArrayList<>();
    for (int i = 0; i < SECONDS * 10; i++) {
      inTime.add(reading(START_MS + i * 100L, 2));
    }
    List<DeviceTelemetry> within = List.of(reading(WITHIN_MS, 90), reading(WITHIN_MS + 1, 80));
    DeviceTelemetry beyond = reading(BEYOND_MS, 70);

    JobUnderTest job =
        run(
            stack,
            TelemetryJob::build,
            "vibration_mm_per_second_max > 50",
            EVENT_TIME + "models: " + models,
            encoded(inTime, codec::encode),
            encoded(Stream.concat(within.stream(), Stream.of(beyond)).toList(), codec::encode),
            "device_features");

    List<DeviceTelemetry> counted = new ArrayList<>(inTime);
    counted.addAll(within);
    RecomputedWindows.assertFeatures(StoredWindows.features(job), counted, all.get("welding"));
    assertCorrected(job, "device_features");
    assertThat(job.late())
        .singleElement()
        .satisfies(late -> assertThat(late.value()).isEqualTo(codec.encode(beyond)));
    assertNoAlertAndAsManyCorrectionsSkipped(job);
  }

  private JobUnderTest run(
      EmbeddedStack stack,
      JobUnderTest.Builder builder,
      String condition,
      String yaml,
      List<byte[]> inTime,
      List<byte[]> tooLate,
      String table)
      throws Exception {
    Path rules =
        Files.writeString(
            folder.resolve("rules.yaml"),
            "groups: [{name: late, rules: [{alert: Seen, expr: '" + condition + "'}]}]",
            UTF_8);
    JobUnderTest job = JobUnderTest.start(stack, builder, rules, yaml, inTime);
    job.awaitRead(inTime.size());
    // Then the watermark of the series has passed that second.
    await("the last window but one")
        .atMost(Duration.ofMinutes(1))
        .until(() -> number(job, newestSecond(table)) >= SECONDS - 1);
    job.write(tooLate);
    job.awaitRead(inTime.size() + tooLate.size());
    job.drain();
    assertThat(job.restarts()).isZero();
    assertThat(job.deadLetters()).isEmpty();
    return job;
  }

  /** Both late records are in the ten windows that cover them, and in no other. */
  private static void assertCorrected(JobUnderTest job, String table) throws Exception {
    assertThat(number(job, "SELECT count(*) FROM " + table + " WHERE revision = 2")).isEqualTo(10);
    assertThat(number(job, "SELECT count(*) FROM " + table + " WHERE revision > 0")).isEqualTo(10);
    assertThat(number(job, "SELECT count(*) FROM " + table)).isEqualTo(SECONDS + 9);
  }

  private static void assertNoAlertAndAsManyCorrectionsSkipped(JobUnderTest job) {
    assertThat(job.alerts()).isEmpty();
    assertThat(InProcessMetrics.sum(job.id(), "tidewatch.corrections_total")).isEqualTo(20);
    assertThat(InProcessMetrics.sum(job.id(), "tidewatch.corrections_skipped_total")).isEqualTo(20);
    assertThat(InProcessMetrics.sum(job.id(), "tidewatch.late_total")).isEqualTo(1);
  }

  private static String newestSecond(String table) {
    return "SELECT coalesce(extract(epoch FROM max(window_end)) - %d, 0)::bigint FROM %s"
        .formatted(START_MS / 1000, table);
  }

  private static ApiLatency request(long timeMs, double durationMs) {
    return new ApiLatency("shop", "/checkout", "POST", 200, durationMs, timeMs, null);
  }

  private static DeviceTelemetry reading(long timeMs, double vibration) {
    return new DeviceTelemetry(
        "welding", "weld-1", timeMs, new double[] {180, 24, 60, vibration}, Map.of(), null);
  }

  private static <T> List<byte[]> encoded(List<T> records, Function<T, byte[]> codec) {
    return records.stream().map(codec).toList();
  }

  private static long number(JobUnderTest job, String sql) throws Exception {
    try (Connection connection = job.database();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    }
  }
}
