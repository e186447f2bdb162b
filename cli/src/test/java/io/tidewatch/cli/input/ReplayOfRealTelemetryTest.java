package io.tidewatch.cli.input;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.testkit.RealTelemetry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ReplayOfRealTelemetryTest {
  private static final long START_MS = 1_790_000_000_000L;

  @Test
  void replaysEachSeriesOfNabCompletely() throws Exception {
    try (Stream<Path> files = Files.walk(RealTelemetry.present("nab"))) {
      List<Path> series = files.filter(file -> file.toString().endsWith(".csv")).toList();
      assertThat(series).hasSizeGreaterThanOrEqualTo(20);
      for (Path file : series) {
        List<ReplayRecord> records = read(file, 300);
        try (Stream<String> lines = Files.lines(file)) {
          assertThat(records).as(file.toString()).hasSize((int) lines.count() - 1);
        }
        assertThat(records.get(0).eventTimeMs()).isEqualTo(START_MS);
        assertThat(records)
            .as(file.toString())
            .hasOnlyElementsOfType(
                file.getFileName().toString().contains("latency")
                    ? ReplayRecord.Latency.class
                    : ReplayRecord.Telemetry.class);
      }
    }
  }

  @Test
  void replaysTheRequestLatencySeriesAsRequests() throws Exception {
    Path file = RealTelemetry.present("nab/realKnownCause/ec2_request_latency_system_failure.csv");

    List<ReplayRecord> records = read(file, 300);

    assertThat(records).hasSize(4_032);
    ReplayRecord.Latency second = (ReplayRecord.Latency) records.get(1);
    assertThat(second.request().endpoint()).isEqualTo("/ec2_request_latency_system_failure");
    assertThat(second.eventTimeMs()).isEqualTo(START_MS + 1_000);
  }

  @Test
  void replaysTheServersOfAsdAsReadingsOfTheModelOmi() throws Exception {
    List<ReplayRecord> records = read(RealTelemetry.present("asd/omi-8_test.csv"), 300);

    assertThat(records).hasSize(4_320);
    ReplayRecord.Telemetry first = (ReplayRecord.Telemetry) records.get(0);
    assertThat(first.reading().model()).isEqualTo("omi");
    assertThat(first.reading().deviceId()).isEqualTo("omi-8_test");
    assertThat(first.reading().label()).isEqualTo("0");
    assertThat(first.reading().values()).hasSize(19).startsWith(0.49, 0.5);
    assertThat(records.get(4_319).eventTimeMs()).isEqualTo(START_MS + 4_319_000);
    assertThat(records)
        .anyMatch(record -> "1".equals(((ReplayRecord.Telemetry) record).reading().label()));
  }

  private static List<ReplayRecord> read(Path file, double speed) throws Exception {
    List<ReplayRecord> records = new ArrayList<>();
    try (Replay replay =
        Replay.open(file, ReplayOptions.from(START_MS, speed), ModelFiles.models())) {
      replay.forEachRemaining(records::add);
    }
    return records;
  }
}
