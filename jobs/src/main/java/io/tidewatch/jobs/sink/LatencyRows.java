package io.tidewatch.jobs.sink;

import io.tidewatch.jobs.sink.jdbc.RowIdentity;
import io.tidewatch.schemas.derived.LatencyWindow;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.apache.flink.api.connector.sink2.Sink;

/** Latency windows as rows of {@code api_latency_windows}. */
public final class LatencyRows {
  /** Writes one row, over the one of its key unless that one is newer. */
  public static final String UPSERT =
      """
      INSERT INTO api_latency_windows (
        service, endpoint, method, window_start, window_end, window_ms, count, rate_per_second,
        error_count, error_rate, mean_ms, p50_ms, p90_ms, p95_ms, p99_ms, max_ms,
        sketch, revision)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (service, endpoint, method, window_ms, window_end) DO UPDATE SET
        count = EXCLUDED.count, rate_per_second = EXCLUDED.rate_per_second,
        error_count = EXCLUDED.error_count, error_rate = EXCLUDED.error_rate,
        mean_ms = EXCLUDED.mean_ms, p50_ms = EXCLUDED.p50_ms, p90_ms = EXCLUDED.p90_ms,
        p95_ms = EXCLUDED.p95_ms, p99_ms = EXCLUDED.p99_ms, max_ms = EXCLUDED.max_ms,
        sketch = EXCLUDED.sketch, revision = EXCLUDED.revision, written_at = now()
      WHERE api_latency_windows.revision <= EXCLUDED.revision
        OR api_latency_windows.count < EXCLUDED.count
      """;

  private LatencyRows() {}

  public static Sink<LatencyWindow> sink(RowTarget target) {
    return Upsert.sink(target, UPSERT, LatencyRows::bind, new Identity());
  }

  private record Key(
      String service, String endpoint, String method, long windowMs, long windowEndMs) {}

  /** As {@link #UPSERT} has it. */
  static final class Identity implements RowIdentity<LatencyWindow> {
    private static final long serialVersionUID = 1;

    @Override
    public Object key(LatencyWindow row) {
      return new Key(
          row.service(),
          row.endpoint(),
          row.method(),
          row.windowEndMs() - row.windowStartMs(),
          row.windowEndMs());
    }

    @Override
    public boolean replaces(LatencyWindow later, LatencyWindow held) {
      return later.revision() >= held.revision() || later.count() > held.count();
    }

    @Override
    public long eventTimeMs(LatencyWindow row) {
      return row.windowEndMs();
    }
  }

  /** Sets the parameters of {@link #UPSERT}. */
  public static void bind(PreparedStatement row, LatencyWindow window) throws SQLException {
    int i = 1;
    row.setString(i++, window.service());
    row.setString(i++, window.endpoint());
    row.setString(i++, window.method());
    row.setObject(i++, Upsert.timestamp(window.windowStartMs()));
    row.setObject(i++, Upsert.timestamp(window.windowEndMs()));
    row.setLong(i++, window.windowEndMs() - window.windowStartMs());
    row.setLong(i++, window.count());
    row.setDouble(i++, window.ratePerSecond());
    row.setLong(i++, window.errorCount());
    row.setDouble(i++, window.errorRatePercent());
    row.setDouble(i++, window.meanMs());
    row.setDouble(i++, window.p50Ms());
    row.setDouble(i++, window.p90Ms());
    row.setDouble(i++, window.p95Ms());
    row.setDouble(i++, window.p99Ms());
    row.setDouble(i++, window.maxMs());
    row.setBytes(i++, window.sketch().length == 0 ? null : window.sketch());
    row.setInt(i, window.revision());
  }
}
