package io.tidewatch.benchmarks.sinks;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tidewatch.schemas.derived.LatencyWindow;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.postgresql.PGConnection;

/** Latency windows by {@code COPY}; a second row of a key is an error. */
record CopySink(String jdbcUrl) implements Sink<LatencyWindow> {
  private static final long serialVersionUID = 1;
  private static final String COPY =
      """
      COPY api_latency_windows (
        service, endpoint, method, window_start, window_end, window_ms, count, rate_per_second,
        error_count, error_rate, mean_ms, p50_ms, p90_ms, p95_ms, p99_ms, max_ms, revision)
      FROM STDIN
      """;

  @Override
  public SinkWriter<LatencyWindow> createWriter(WriterInitContext context) throws IOException {
    try {
      return new Writer(DriverManager.getConnection(jdbcUrl));
    } catch (SQLException e) {
      throw new IOException(e);
    }
  }

  private static final class Writer implements SinkWriter<LatencyWindow> {
    private final Connection connection;
    private final StringBuilder batch = new StringBuilder();
    private int rows;

    Writer(Connection connection) {
      this.connection = connection;
    }

    @Override
    public void write(LatencyWindow row, Context context) throws IOException {
      batch.append(row.service()).append('\t').append(row.endpoint()).append('\t');
      batch.append(row.method()).append('\t');
      batch.append(Instant.ofEpochMilli(row.windowStartMs())).append('\t');
      batch.append(Instant.ofEpochMilli(row.windowEndMs())).append('\t');
      batch.append(row.windowEndMs() - row.windowStartMs()).append('\t');
      batch.append(row.count()).append('\t').append(row.ratePerSecond()).append('\t');
      batch.append(row.errorCount()).append('\t').append(row.errorRatePercent()).append('\t');
      batch.append(row.meanMs()).append('\t').append(row.p50Ms()).append('\t');
      batch.append(row.p90Ms()).append('\t').append(row.p95Ms()).append('\t');
      batch.append(row.p99Ms()).append('\t').append(row.maxMs()).append('\t');
      batch.append(row.revision()).append('\n');
      if (++rows == SinksPlan.BATCH_ROWS) {
        flush(false);
      }
    }

    @Override
    public void flush(boolean endOfInput) throws IOException {
      if (rows == 0) {
        return;
      }
      try {
        connection
            .unwrap(PGConnection.class)
            .getCopyAPI()
            .copyIn(COPY, new ByteArrayInputStream(batch.toString().getBytes(UTF_8)));
      } catch (SQLException e) {
        throw new IOException(e);
      }
      batch.setLength(0);
      rows = 0;
    }

    @Override
    public void close() throws SQLException {
      connection.close();
    }
  }
}
