package io.tidewatch.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tidewatch.embedded.EmbeddedStack;
import io.tidewatch.jobs.columns.Column;
import io.tidewatch.jobs.latency.LatencyJob;
import io.tidewatch.jobs.sink.LatencyTable;
import io.tidewatch.schemas.codec.ApiLatencyCodec;
import io.tidewatch.schemas.derived.LatencyWindow;
import io.tidewatch.schemas.event.ApiLatency;
import io.tidewatch.testkit.SharedStack;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The TaskManager is lost while files are open and others have their names. */
@ExtendWith(SharedStack.class)
class ParquetRestartITCase {
  private static final int HALF = 1500;
  private static final String NAMED = "dt=\\d{4}-\\d\\d-\\d\\d/part-[0-9a-f-]+-\\d+\\.parquet";
  private static final String WITHOUT_NAME = "dt=\\d{4}-\\d\\d-\\d\\d/\\.part-.*\\.inprogress\\..*";

  private final long startMs = System.currentTimeMillis() - 2 * HALF * 100L;

  @TempDir Path folder;

  @Test
  void filesHoldEachRowOnceWhenTheTaskManagerIsLost(EmbeddedStack stack) throws Exception {
    ApiLatencyCodec codec = new ApiLatencyCodec();
    List<byte[]> input = requests().stream().map(codec::encode).toList();
    JobUnderTest job =
        JobUnderTest.start(
            stack,
            LatencyJob::build,
            JobUnderTest.shipped("rules/latency.yaml"),
            "window: {size: PT10S, slide: PT1S}\nparquet: {path: %s}\nsinks: {windows: [timescale, parquet]}"
                .formatted(folder),
            input.subList(0, HALF));
    Path table = folder.resolve("api_latency_windows");
    await("files with names")
        .atMost(Duration.ofMinutes(3))
        .until(() -> ParquetTables.files(table).stream().anyMatch(file -> file.matches(NAMED)));
    job.write(input.subList(HALF, HALF + HALF / 2));
    await("a file without one")
        .atMost(Duration.ofMinutes(3))
        .until(
            () -> ParquetTables.files(table).stream().anyMatch(file -> file.matches(WITHOUT_NAME)));

    stack.flink().replaceTaskManager();
    stack.flink().awaitRestarts(job.id(), 1, Duration.ofMinutes(2));
    stack.flink().awaitRunning(job.id(), Duration.ofMinutes(2));
    job.write(input.subList(HALF + HALF / 2, 2 * HALF));
    await("all read")
        .atMost(Duration.ofMinutes(3))
        .until(
            () ->
                job.newestWindowEndMs("api_latency_windows")
                    >= startMs + (2 * HALF - 2) * 100L - 6_000);
    job.drain();

    assertThat(ParquetTables.files(table))
        .as("what has another name is hidden")
        .allMatch(file -> file.matches(NAMED + "|" + WITHOUT_NAME));
    try (Connection database = job.database();
        Connection files = ParquetTables.open(folder, "api_latency_windows")) {
      assertThat(rows(files, "lower(hex(sketch))"))
          .as("none is missing, none is there twice")
          .containsExactlyInAnyOrderElementsOf(rows(database, "encode(sketch, 'hex')"));
    }
  }

  /**
   * @param sketch expression of its bytes in hexadecimal digits
   */
  private static List<List<Object>> rows(Connection connection, String sketch) throws Exception {
    List<Column<LatencyWindow>> columns = new ArrayList<>(new LatencyTable().columns(null));
    columns.add(Column.text("digits", row -> null));
    return TableRows.of(
        columns, connection, "api_latency_windows", name -> name.equals("digits") ? sketch : name);
  }

  private List<ApiLatency> requests() {
    List<ApiLatency> requests = new ArrayList<>();
    for (int i = 0; i < 2 * HALF; i++) {
      requests.add(
          new ApiLatency(
              "shop's",
              "/e/" + i % 3,
              "GET",
              i % 20 == 0 ? 500 : 200,
              1 + i * 7 % 900,
              startMs + i * 100L,
              null));
    }
    return requests;
  }
}
