package io.tidewatch.jobs;

import io.tidewatch.jobs.sink.LatencyRows;
import io.tidewatch.jobs.sink.Migrations;
import io.tidewatch.schemas.derived.LatencyWindow;
import io.tidewatch.testkit.SinkContract;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.sink2.Sink;

/** {@code api_latency_windows} keeps the promises of a sink. */
class LatencyRowsITCase extends SinkContract<LatencyWindow> {
  private static final long END_MS = Instant.parse("2024-01-01T00:00:10Z").toEpochMilli();
  private static final long SIZE_MS = 10_000;

  @Override
  protected void migrate(String jdbcUrl, String user) {
    Migrations.apply(TestPostgres.config(jdbcUrl, user, true));
  }

  @Override
  protected Sink<LatencyWindow> sink(Place place) {
    return LatencyRows.sink(TestPostgres.target(place));
  }

  @Override
  protected TypeInformation<LatencyWindow> type() {
    return TypeInformation.of(LatencyWindow.class);
  }

  @Override
  protected List<LatencyWindow> rows() {
    return List.of(
        window("shop", "/pay", "POST", END_MS, 1, 100),
        window("shop", "/pay", "POST", END_MS + 1000, 2, 100).sketched(new byte[] {0, -1, 7}),
        window("shop", "/pay", "GET", END_MS, 3, 100),
        window("shop", "/cart", "POST", END_MS, 4, 100),
        window("admin", "/pay", "POST", END_MS, 5, 100));
  }

  @Override
  protected LatencyWindow changed(LatencyWindow row) {
    return new LatencyWindow(
            row.service(),
            row.endpoint(),
            row.method(),
            row.windowStartMs(),
            row.windowEndMs(),
            row.count() + 1,
            row.ratePerSecond() + 1,
            row.errorCount() + 1,
            row.errorRatePercent() + 1,
            row.meanMs() + 1,
            row.p50Ms() + 1,
            row.p90Ms() + 1,
            row.p95Ms() + 1,
            row.p99Ms() + 1,
            row.maxMs() + 1)
        .sketched(new byte[] {1});
  }

  @Override
  protected List<LatencyWindow> specialRows() {
    List<LatencyWindow> rows = new ArrayList<>();
    for (String text : SpecialTexts.ALL) {
      rows.add(window(text, "/pay", "POST", END_MS, 1, 100));
      rows.add(window("shop", text, "POST", END_MS, 1, 100));
    }
    rows.add(
        window(
            SpecialTexts.longest(256), SpecialTexts.longest(256), "A".repeat(16), END_MS, 1, 100));
    double[] durations = {0, Double.MIN_VALUE, 0.1, 1.0 / 3, 1e-300, 1e300, Double.MAX_VALUE};
    for (int i = 0; i < durations.length; i++) {
      rows.add(window("shop", "/" + i, "GET", END_MS, 1, durations[i]));
    }
    rows.add(window("shop", "/many", "GET", END_MS, Long.MAX_VALUE, 1));
    for (String time :
        List.of("1969-12-31T23:59:59.999Z", "1900-01-01T00:00:00Z", "9999-12-31T00:00:00Z")) {
      rows.add(window("shop", "/then", "GET", Instant.parse(time).toEpochMilli(), 1, 1));
    }
    rows.add(window("shop", "/wide", "GET", END_MS, 1, 1).sketched(new byte[20_000]));
    return rows;
  }

  @Override
  protected LatencyWindow refusedRow() {
    return window("shop", "/pay", "POST", END_MS, -1, 100);
  }

  @Override
  protected List<LatencyWindow> read(Connection connection) throws SQLException {
    return List.copyOf(StoredWindows.latency(connection).values());
  }

  private static LatencyWindow window(
      String service, String endpoint, String method, long endMs, long count, double durationMs) {
    return new LatencyWindow(
        service,
        endpoint,
        method,
        endMs - SIZE_MS,
        endMs,
        count,
        count / 10.0,
        1,
        50,
        durationMs,
        durationMs,
        durationMs,
        durationMs,
        durationMs,
        durationMs);
  }
}
