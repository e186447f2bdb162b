package io.tidewatch.jobs.backtest;

import io.tidewatch.jobs.config.PostgresConfig;
import io.tidewatch.jobs.config.Secret;
import java.io.Serializable;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.apache.flink.api.common.functions.FlatMapFunction;
import org.apache.flink.util.Collector;

/**
 * The rows of a query, read by one subtask in one transaction. The query has two parameters: the
 * first end of a window, and what is behind the last.
 */
final class StoredRows<T> implements FlatMapFunction<String, T> {
  private static final long serialVersionUID = 1;

  /** Rows that are fetched at a time: some megabytes. */
  private static final int FETCH_ROWS = 10_000;

  private final String url;
  private final String user;
  private final Secret password;
  private final Row<T> row;
  private final Instant from;
  private final Instant to;

  /** A row as a record. */
  @FunctionalInterface
  interface Row<T> extends Serializable {
    T read(ResultSet row) throws SQLException;
  }

  StoredRows(PostgresConfig config, Row<T> row, Instant from, Instant to) {
    this.url = config.url();
    this.user = config.user();
    this.password = config.password();
    this.row = row;
    this.from = from;
    this.to = to;
  }

  @Override
  public void flatMap(String query, Collector<T> out) throws SQLException {
    try (Connection database = DriverManager.getConnection(url, user, password.reveal());
        PreparedStatement statement = database.prepareStatement(query)) {
      database.setAutoCommit(false); // or all rows would be fetched at once
      statement.setFetchSize(FETCH_ROWS);
      statement.setObject(1, timestamp(from));
      statement.setObject(2, timestamp(to));
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          out.collect(row.read(rows));
        }
      }
    }
  }

  private static OffsetDateTime timestamp(Instant time) {
    return time.atOffset(ZoneOffset.UTC);
  }

  /** A column of the type {@code timestamptz}, milliseconds since the epoch. */
  static long timeMs(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant().toEpochMilli();
  }
}
