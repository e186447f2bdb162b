package io.tidewatch.jobs.backtest;

import io.tidewatch.schemas.derived.LatencyWindow;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Rows of {@code api_latency_windows} as the windows they were made of, without their sketch. */
final class StoredLatencies implements StoredRows.Row<LatencyWindow> {
  private static final long serialVersionUID = 1;

  static final String QUERY =
      """
      SELECT service, endpoint, method, window_start, window_end, count, rate_per_second,
        error_count, error_rate, mean_ms, p50_ms, p90_ms, p95_ms, p99_ms, max_ms
      FROM api_latency_windows
      WHERE window_end >= ? AND window_end < ?
      ORDER BY window_end, service, endpoint, method
      """;

  @Override
  public LatencyWindow read(ResultSet row) throws SQLException {
    return new LatencyWindow(
        row.getString("service"),
        row.getString("endpoint"),
        row.getString("method"),
        StoredRows.timeMs(row, "window_start"),
        StoredRows.timeMs(row, "window_end"),
        row.getLong("count"),
        row.getDouble("rate_per_second"),
        row.getLong("error_count"),
        row.getDouble("error_rate"),
        row.getDouble("mean_ms"),
        row.getDouble("p50_ms"),
        row.getDouble("p90_ms"),
        row.getDouble("p95_ms"),
        row.getDouble("p99_ms"),
        row.getDouble("max_ms"));
  }
}
