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
import org.apache.flink.util.function.SerializableFunction;

/**
 * The statement that writes rows of one super table, and how one is bound. The time is the first
 * column because the driver takes the unit of all times from the first one.
 *
 * @param time the column that is bound first
 * @param table name of a row's table, which is bound second
 * @param columns all others, in the order of the parameters
 */
record RowStatement<T>(
    String sql, Column<T> time, SerializableFunction<T, String> table, List<Column<T>> columns)
    implements JdbcStatementBuilder<T> {
  /** Stands for the name of the table; no column, and not in quotes. */
  private static final String TABLE = "tbname";

  static <T> RowStatement<T> of(
      String database, SuperTable<T> superTable, SerializableFunction<T, String> table) {
    List<Column<T>> columns = new ArrayList<>(superTable.tags());
    columns.addAll(superTable.columns());
    List<String> names = new ArrayList<>();
    names.add(QuotedName.of("column", superTable.time().name()));
    names.add(TABLE);
    columns.forEach(column -> names.add(QuotedName.of("column", column.name())));
    return new RowStatement<>(
        "INSERT INTO %s.%s(%s) VALUES(%s)"
            .formatted(
                QuotedName.of("database", database),
                QuotedName.of("super table", superTable.name()),
                String.join(",", names),
                String.join(",", Collections.nCopies(names.size(), "?"))),
        superTable.time(),
        table,
        columns);
  }

  /** Of the parameters, in their order. */
  List<String> names() {
    List<String> names = new ArrayList<>(List.of(time.name(), TABLE));
    columns.forEach(column -> names.add(column.name()));
    return names;
  }

  @Override
  public void accept(PreparedStatement statement, T row) throws SQLException {
    bind(statement, 1, time, row);
    statement.setString(2, table.apply(row));
    int place = 3;
    for (Column<T> column : columns) {
      bind(statement, place++, column, row);
    }
  }

  private static <T> void bind(PreparedStatement statement, int place, Column<T> column, T row)
      throws SQLException {
    Object value = column.value().of(row);
    if (value == null) {
      statement.setNull(place, sqlType(column.type()));
      return;
    }
    switch (column.type()) {
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
