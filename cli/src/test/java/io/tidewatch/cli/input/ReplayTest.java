package io.tidewatch.cli.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidewatch.schemas.event.ApiLatency;
import io.tidewatch.schemas.event.DeviceTelemetry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplayTest {
  private static final long START_MS = 1_790_000_000_000L;
  private static final ReplayOptions AT_300 = ReplayOptions.from(START_MS, 300);

  @TempDir Path folder;

  @Test
  void aSeriesBecomesReadingsOfTheModelMetricMovedToNow() throws Exception {
    Path file =
        file(
            "cpu.csv",
            "timestamp,value",
            "2014-03-07 03:41:00,45.5",
            "2014-03-07 03:46:00,",
            "2014-03-07 03:51:00.500,1e2");

    assertThat(read(file, AT_300))
        .containsExactly(
            metric("cpu", START_MS, 45.5),
            metric("cpu", START_MS + 1_000, Double.NaN),
            metric("cpu", START_MS + 2_002, 100));
  }

  @Test
  void aSeriesWithLatencyInItsNameBecomesRequests() throws Exception {
    Path file = file("shop_Latency.csv", "timestamp,value", "2014-03-07 03:41:00,45.5");

    List<ReplayRecord> records = read(file, AT_300);

    assertThat(records)
        .containsExactly(
            new ReplayRecord.Latency(
                new ApiLatency("replay", "/shop_Latency", "GET", 200, 45.5, START_MS, null)));
    assertThat(records.get(0).due()).isEqualTo(Instant.ofEpochMilli(START_MS));
  }

  @Test
  void theKindThatIsSaidCountsMoreThanTheName() throws Exception {
    Path latency = file("latency.csv", "timestamp,value", "2014-03-07 03:41:00,1");
    Path other = file("other.csv", "timestamp,value", "2014-03-07 03:41:00,1");

    assertThat(read(latency, AT_300.as(ReplayKind.TELEMETRY)))
        .containsExactly(metric("latency", START_MS, 1));
    assertThat(read(other, AT_300.as(ReplayKind.API_LATENCY)).get(0))
        .isInstanceOf(ReplayRecord.Latency.class);
  }

  @Test
  void aWideFileBecomesReadingsOfTheModelWithTheseFieldsInAnyOrder() throws Exception {
    Path file =
        file(
            "weld.csv",
            "device_id,voltage_volt,current_ampere,temperature_celsius,vibration_mm_per_second,label,timestamp",
            "w-1,24,180,60,2,1,2026-01-01T00:00:00Z",
            "",
            "w-2,12,0,NaN,1,,2026-01-01T00:00:10Z");

    assertThat(read(file, ReplayOptions.from(START_MS, 2)))
        .containsExactly(
            new ReplayRecord.Telemetry(
                new DeviceTelemetry(
                    "welding", "w-1", START_MS, new double[] {180, 24, 60, 2}, Map.of(), "1")),
            new ReplayRecord.Telemetry(
                new DeviceTelemetry(
                    "welding",
                    "w-2",
                    START_MS + 5_000,
                    new double[] {0, 12, Double.NaN, 1},
                    Map.of(),
                    null)));
  }

  @Test
  void aWideFileWithoutTimesIsOneStepARecordAndOneDevice() throws Exception {
    Path file = file("weld.csv", weldingHeader(), "180,24,60,2", "180,24,60,2");

    List<ReplayRecord> records =
        read(file, new ReplayOptions(START_MS, 1, null, Duration.ofSeconds(7)));

    assertThat(records)
        .extracting(ReplayRecord::eventTimeMs)
        .containsExactly(START_MS, START_MS + 7_000);
    assertThat(((ReplayRecord.Telemetry) records.get(0)).reading().deviceId()).isEqualTo("weld");
    assertThat(((ReplayRecord.Telemetry) records.get(0)).reading().label()).isNull();
  }

  @Test
  void messagesKeepAllButTheirTime() throws Exception {
    Path file =
        file(
            "mixed.ndjson",
            "{\"model\":\"welding\",\"device_id\":\"w-1\",\"event_time_ms\":1000,"
                + "\"fields\":{\"voltage_volt\":24.5,\"current_ampere\":null},"
                + "\"tags\":{\"hall\":\"3\"},\"label\":\"0\"}",
            "{\"service\":\"s\",\"endpoint\":\"/a\",\"method\":\"GET\",\"status\":503,"
                + "\"duration_ms\":12,\"event_time_ms\":4000,\"trace_id\":\"ab\"}",
            "{\"service\":\"s\",\"endpoint\":\"/a\",\"method\":\"GET\",\"status\":200,"
                + "\"duration_ms\":0.5,\"event_time_ms\":700}");

    assertThat(read(file, ReplayOptions.from(START_MS, 1)))
        .containsExactly(
            new ReplayRecord.Telemetry(
                new DeviceTelemetry(
                    "welding",
                    "w-1",
                    START_MS,
                    new double[] {Double.NaN, 24.5, Double.NaN, Double.NaN},
                    Map.of("hall", "3"),
                    "0")),
            new ReplayRecord.Latency(
                new ApiLatency("s", "/a", "GET", 503, 12, START_MS + 3_000, "ab")),
            new ReplayRecord.Latency(
                new ApiLatency("s", "/a", "GET", 200, 0.5, START_MS - 300, null)));
  }

  @Test
  void readsFilesOfWindowsAndOfSpreadsheets() throws Exception {
    Path file = folder.resolve("cpu.csv");
    Files.writeString(file, "\uFEFFtimestamp,value\r\n2014-03-07 03:41:00, 1 \r\n\r\n");

    assertThat(read(file, AT_300)).containsExactly(metric("cpu", START_MS, 1));
  }

  @Test
  void saysFileLineColumnValueAndWhatWasExpected() throws Exception {
    Path number =
        file("n.csv", "timestamp,value", "2014-03-07 03:41:00,1", "2014-03-07 03:46:00,1O");
    Path time = file("t.csv", "timestamp,value", "07.03.2014,1");
    Path cells = file("c.csv", weldingHeader(), "180,24,60");

    assertRefused(
        number,
        AT_300,
        number
            + ", line 3, column value: was '1O', expected a finite number, or nothing for a missing one");
    assertRefused(
        time,
        AT_300,
        time
            + ", line 2, column timestamp: was '07.03.2014', expected a time like"
            + " 2014-03-07 03:41:00 (UTC) or milliseconds");
    assertRefused(
        cells,
        AT_300,
        cells
            + ", line 2, column vibration_mm_per_second: was '180,24,60', expected 4 cells, found 3");
  }

  @Test
  void refusesWhatIsNoDuration() throws Exception {
    ReplayOptions latency = AT_300.as(ReplayKind.API_LATENCY);

    for (String value : List.of("-1", "", "NaN", "Infinity", "1e999", "0x10", "1d")) {
      Path file = file("a.csv", "timestamp,value", "2014-03-07 03:41:00," + value);
      assertThatThrownBy(() -> read(file, latency))
          .as(value)
          .isInstanceOf(ReplayException.class)
          .hasMessageContaining("a.csv, line 2, column value: was '" + value + "', expected");
    }
  }

  @Test
  void refusesHeadersThatAreNoModelsAndFilesWithoutRecords() throws Exception {
    assertThatThrownBy(() -> read(file("x.csv", "a,b,c", "1,2,3"), AT_300))
        .hasMessageContaining("x.csv, line 1, column 1: was 'a,b,c', expected a header with")
        .hasMessageContaining("welding");
    assertThatThrownBy(() -> read(file("x.csv", "a,,c"), AT_300))
        .hasMessageContaining("x.csv, line 1, column 2");
    assertThatThrownBy(() -> read(file("x.csv", ""), AT_300)).hasMessageContaining("is empty");
    assertThatThrownBy(() -> read(file("x.csv", "timestamp,value"), AT_300))
        .hasMessageContaining("holds a header only");
    assertThatThrownBy(() -> read(folder.resolve("none.csv"), AT_300))
        .isInstanceOf(ReplayException.class)
        .hasMessageContaining("cannot be read");
  }

  @Test
  void refusesMessagesThatBreakTheContract() throws Exception {
    Map<String, String> wrong =
        Map.of(
            "{\"device_id\":\"a\",\"service\":\"b\"}",
            "either device_id or service",
            "{\"a\":1}",
            "either device_id or service",
            "{\"device_id\":\"a\",\"device_id\":\"b\"}",
            "Duplicate",
            "{\"device_id\":\"a\"} {}",
            "one JSON object",
            "{\"device_id\":\"a\"",
            "one JSON object",
            "{\"device_id\":\"a\",\"model\":\"nope\"}",
            "column model: was 'nope'",
            telemetry("\"fields\":{\"nope\":1}"),
            "column fields: was 'nope'",
            telemetry("\"fields\":{\"voltage_volt\":\"24\"}"),
            "column voltage_volt",
            telemetry("\"fields\":[]"),
            "column fields",
            "{\"service\":\"s\",\"status\":99}",
            "column status: was '99'");
    for (Map.Entry<String, String> entry : wrong.entrySet()) {
      Path file = file("m.ndjson", telemetry("\"fields\":{}"), entry.getKey());
      assertThatThrownBy(() -> read(file, AT_300))
          .as(entry.getKey())
          .isInstanceOf(ReplayException.class)
          .hasMessageContaining("m.ndjson, line 2, column ")
          .hasMessageContaining(entry.getValue())
          .hasMessageNotContaining("\n");
    }
  }

  @Test
  void refusesBytesThatAreNotUtf8() throws Exception {
    Path file = folder.resolve("latin.csv");
    Files.write(file, "timestamp,value\nStra\u00dfe,1\n".getBytes(StandardCharsets.ISO_8859_1));

    assertThatThrownBy(() -> read(file, AT_300))
        .isInstanceOf(ReplayException.class)
        .hasMessageContaining("expected UTF-8");
  }

  @Test
  void keepsOneLineInMemoryNotTheFile() throws Exception {
    Path file = folder.resolve("long.csv");
    try (var writer = Files.newBufferedWriter(file)) {
      writer.write("timestamp,value\n");
      for (int i = 0; i < 200_000; i++) {
        writer.write((1_400_000_000_000L + i * 1_000L) + "," + i + "\n");
      }
    }

    try (Replay replay = Replay.open(file, AT_300, ModelFiles.models())) {
      long count = 0;
      long lastMs = Long.MIN_VALUE;
      while (replay.hasNext()) {
        long timeMs = replay.next().eventTimeMs();
        assertThat(timeMs).isGreaterThanOrEqualTo(lastMs);
        lastMs = timeMs;
        count++;
      }
      assertThat(count).isEqualTo(200_000);
      assertThat(lastMs).isEqualTo(START_MS + Math.round(199_999_000 / 300.0));
      assertThatThrownBy(replay::next).isInstanceOf(NoSuchElementException.class);
    }
  }

  @Test
  void refusesASpeedThatIsNotPositive() {
    assertThatThrownBy(() -> ReplayOptions.from(START_MS, 0))
        .hasMessage("replay.speed: must be > 0 and finite, was 0.0");
    assertThatThrownBy(() -> new ReplayOptions(START_MS, 1, null, Duration.ZERO))
        .hasMessage("replay.step: must be ≥ PT0.001S, was PT0S");
  }

  private static String telemetry(String values) {
    return "{\"model\":\"welding\",\"device_id\":\"w\",\"event_time_ms\":1," + values + "}";
  }

  private static String weldingHeader() {
    return "current_ampere,voltage_volt,temperature_celsius,vibration_mm_per_second";
  }

  private static ReplayRecord metric(String device, long timeMs, double value) {
    return new ReplayRecord.Telemetry(
        new DeviceTelemetry("metric", device, timeMs, new double[] {value}, Map.of(), null));
  }

  private Path file(String name, String... lines) throws Exception {
    return Files.writeString(folder.resolve(name), String.join("\n", lines));
  }

  private static void assertRefused(Path file, ReplayOptions options, String message) {
    assertThatThrownBy(() -> read(file, options))
        .isInstanceOf(ReplayException.class)
        .hasMessage(message);
  }

  private static List<ReplayRecord> read(Path file, ReplayOptions options) throws Exception {
    List<ReplayRecord> records = new ArrayList<>();
    try (Replay replay = Replay.open(file, options, ModelFiles.models())) {
      replay.forEachRemaining(records::add);
    }
    return records;
  }
}
