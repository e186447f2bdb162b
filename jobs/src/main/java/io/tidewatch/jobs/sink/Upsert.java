package io.tidewatch.jobs.sink;

import io.tidewatch.jobs.config.PostgresConfig;
import io.tidewatch.jobs.config.SinkConfig;
import io.tidewatch.jobs.sink.jdbc.PostgresStore;
import io.tidewatch.jobs.sink.jdbc.ResilientSink;
import io.tidewatch.jobs.sink.jdbc.RowIdentity;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.connector.jdbc.JdbcConnectionOptions;
import org.apache.flink.connector.jdbc.JdbcExecutionOptions;
import org.apache.flink.connector.jdbc.JdbcStatementBuilder;
import org.apache.flink.connector.jdbc.datasource.connections.JdbcConnectionProvider;
import org.apache.flink.connector.jdbc.datasource.connections.SimpleJdbcConnectionProvider;

/**
 * Writes rows by their natural key, at least once: a row written again after a restart replaces
 * itself.
 *
 * <p>A correction is not replaced by what was told before it: the statement leaves a row alone that
 * has a higher revision and as many records. A lower revision of more records does replace it: what
 * was late in one run may be in time when the partitions are read again after a restart, and then
 * the window is told whole at once. Of the rows of a batch that have one key only that goes to the
 * database which would be left in the end, so batches may be rewritten to statements of many rows.
 */
final class Upsert {
  private Upsert() {}

  /**
   * @param sql {@code INSERT INTO table (column, …) VALUES (?, …) ON CONFLICT …}
   * @param identity decides which row replaces another as {@code sql} does
   */
  static <T> Sink<T> sink(
      RowTarget target, String sql, JdbcStatementBuilder<T> binder, RowIdentity<T> identity) {
    return sink(target, sql, binder, identity, true);
  }

  /**
   * As {@link #sink}, for rows that add to what others of their key left in the table: all of them
   * go there, each by a statement of its own.
   *
   * @param identity tells those rows apart
   */
  static <T> Sink<T> addingSink(
      RowTarget target, String sql, JdbcStatementBuilder<T> binder, RowIdentity<T> identity) {
    return sink(target, sql, binder, identity, false);
  }

  private static <T> Sink<T> sink(
      RowTarget target,
      String sql,
      JdbcStatementBuilder<T> binder,
      RowIdentity<T> identity,
      boolean manyInAStatement) {
    return new ResilientSink<>(
        new PostgresStore<>(connections(target.postgres(), manyInAStatement), sql, binder),
        identity,
        batching(target.sink()),
        target.sink().maxOutage(),
        KafkaSinks.refused(target.kafka(), target.sink().refusedTopic()));
  }

  /** When rows are written. Tries are not counted: an outage is waited for by its length. */
  static JdbcExecutionOptions batching(SinkConfig config) {
    return JdbcExecutionOptions.builder()
        .withBatchSize(config.flushRows())
        .withBatchIntervalMs(config.flushInterval().toMillis())
        .build();
  }

  /**
   * What the URL says holds; the rest is so that nothing waits for ever. The time-outs are well
   * below the three minutes after which Flink ends a process whose task does not let itself be
   * cancelled.
   */
  private static JdbcConnectionProvider connections(
      PostgresConfig config, boolean manyInAStatement) {
    return new SimpleJdbcConnectionProvider(
        new JdbcConnectionOptions.JdbcConnectionOptionsBuilder()
            .withUrl(config.url())
            .withDriverName("org.postgresql.Driver")
            .withUsername(config.user())
            .withPassword(config.password().reveal())
            .withProperty("connectTimeout", "10") // seconds
            .withProperty("socketTimeout", "30") // seconds; no batch takes that long
            .withProperty("tcpKeepAlive", "true")
            .withProperty("reWriteBatchedInserts", Boolean.toString(manyInAStatement))
            .withProperty("ApplicationName", "tidewatch")
            .build());
  }

  /** The moment as {@code timestamptz} takes it, whatever the zone of this process. */
  static OffsetDateTime timestamp(long epochMs) {
    return Instant.ofEpochMilli(epochMs).atOffset(ZoneOffset.UTC);
  }

  /** Sets a number; {@code NaN} is null in a table. */
  static void number(PreparedStatement row, int place, double value) throws SQLException {
    if (Double.isNaN(value)) {
      row.setNull(place, Types.DOUBLE);
    } else {
      row.setDouble(place, value);
    }
  }
}
