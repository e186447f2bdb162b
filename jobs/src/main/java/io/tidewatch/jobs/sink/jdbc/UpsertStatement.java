package io.tidewatch.jobs.sink.jdbc;

import java.io.Serializable;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A statement that writes one row, written by us.
 *
 * @param table that it writes
 * @param columns in the order of its parameters
 * @param sql with a parameter a column
 */
record UpsertStatement(String table, List<String> columns, String sql) implements Serializable {
  private static final Pattern BEGINNING =
      Pattern.compile(
          "\\s*INSERT INTO ([a-z_0-9]+) \\(([a-z_0-9,\\s]+)\\)\\s+VALUES.*", Pattern.DOTALL);

  UpsertStatement {
    columns = List.copyOf(columns);
  }

  /**
   * @throws IllegalArgumentException when it is another statement
   */
  static UpsertStatement of(String sql) {
    Matcher parts = BEGINNING.matcher(sql);
    if (!parts.matches()) {
      throw new IllegalArgumentException(
          "sql: must be INSERT INTO table (column, …) VALUES …, was " + sql);
    }
    return new UpsertStatement(
        parts.group(1), List.of(parts.group(2).strip().split("\\s*,\\s*", -1)), sql);
  }
}
