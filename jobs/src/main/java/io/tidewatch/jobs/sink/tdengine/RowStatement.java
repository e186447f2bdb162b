package io.tidewatch.jobs.sink.tdengine;

import io.tidewatch.jobs.columns.Column;
import io.tidewatch.jobs.columns.ColumnType;
import io.tidewatch.jobs.tdengine.QuotedName;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.flink.connector.jdbc.JdbcStatementBuilder;
import org.jspecify.annotations.Nullable;

/**
 * The statement that writes rows of one super table, and how one is bound. The time is the first
 * column because the driver takes the unit of all times from the first one.
 *
 * @param columns in the order of the parameters
 */
record RowStatement<T>(String sql, List<Column<T>> columns) implements JdbcStatementBuilder<T> {

  static <T> RowStatement<T> of(String database, SuperTable<T> table, Column.Value<T, String> of) {
    List<Column<T>> columns = new ArrayList<>();
    columns.add(table.time());
    columns.add(Column.text("tbname", of));
    columns.addAll(table.tags());
    columns.addAll(table.columns());
    List<String> quoted = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      // the name of the table is no column, and stands as it is
      quoted.add(i == 1 ? "tbname" : QuotedName.of("column", columns.get(i).name()));
    }
    return new RowStatement<>(
        "INSERT INTO %s.%s(%s) VALUES(%s)"
            .formatted(
                QuotedName.of("database", database),
                QuotedName.of("super table", table.name()),
                String.join(",", quoted),
                String.join(",", Collections.nCopies(quoted.size(), "?"))),
        columns);
  }

  List<String> names() {
    return columns.stream().map(Column::name).toList();
  }

  @Override
  public void accept(PreparedStatement statement, T row) throws SQLException {
    for (int i = 0; i < columns.size(); i++) {
      Column<T> column = columns.get(i);
      if (i == 1) {
        statement.setString(2, (String) column.value().of(row));
      } else {
        bind(statement, i + 1, column.type(), column.value().of(row));
      }
    }
  }

  private static void bind(
      PreparedStatement statement, int place, ColumnType type, @Nullable Object value)
      throws SQLException {
    if (value == null) {
      statement.setNull(place, sqlType(type));
      return;
    }
    switch (type) {
      case TEXT -> statement.setNString(place, (String) value);
      case JSON -> statement.setString(place, (String) value);
      case TIME -> statement.setTimestamp(place, new Timestamp((Long) value));
      case DOUBLE -> statement.setDouble(place, (Double) value);
      case LONG -> statement.setLong(place, (Long) value);
      case INT -> statement.setInt(place, (Integer) value);
      case BOOLEAN -> statement.setBoolean(place, (Boolean) value);
      case BYTES -> throw bytes();
    }
  }

  private static int sqlType(ColumnType type) {
    return switch (type) {
      case TEXT -> Types.NCHAR;
      case JSON -> Types.VARCHAR;
      case TIME -> Types.TIMESTAMP;
      case DOUBLE -> Types.DOUBLE;
      case LONG -> Types.BIGINT;
      case INT -> Types.INTEGER;
      case BOOLEAN -> Types.BOOLEAN;
      case BYTES -> throw bytes();
    };
  }

  private static IllegalStateException bytes() {
    return new IllegalStateException("super tables have no columns of bytes");
  }
}
