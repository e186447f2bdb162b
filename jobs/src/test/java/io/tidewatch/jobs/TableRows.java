package io.tidewatch.jobs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidewatch.jobs.columns.Column;
import io.tidewatch.jobs.columns.ColumnType;
import io.tidewatch.jobs.config.Secret;
import io.tidewatch.jobs.tdengine.TdengineConnections;
import io.tidewatch.testkit.tdengine.StandInTdengine;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The same rows, wherever they lie: times in milliseconds, without bytes. */
public final class TableRows {
  private static final ObjectMapper JSON = new ObjectMapper();

  private TableRows() {}

  /** Of records. */
  public static <T> List<List<@Nullable Object>> of(List<Column<T>> columns, Collection<T> rows)
      throws JsonProcessingException {
    List<List<@Nullable Object>> all = new ArrayList<>();
    for (T row : rows) {
      List<@Nullable Object> cells = new ArrayList<>();
      for (Column<T> column : withoutBytes(columns)) {
        Object value = column.value().of(row);
        cells.add(
            column.type() == ColumnType.JSON && value != null
                ? JSON.readTree((String) value)
                : value);
      }
      all.add(cells);
    }
    return all;
  }

  /**
   * Of a database.
   *
   * @param expressions what stands in its statement for the name of a column
   */
  public static <T> List<List<@Nullable Object>> of(
      List<Column<T>> columns,
      Connection connection,
      String table,
      UnaryOperator<String> expressions)
      throws SQLException, JsonProcessingException {
    List<Column<T>> read = withoutBytes(columns);
    String names =
        read.stream().map(Column::name).map(expressions).collect(Collectors.joining(", "));
    List<List<@Nullable Object>> all = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT " + names + " FROM " + table)) {
      while (row.next()) {
        List<@Nullable Object> cells = new ArrayList<>();
        for (int i = 0; i < read.size(); i++) {
          cells.add(row.getObject(i + 1) == null ? null : cell(read.get(i).type(), row, i + 1));
        }
        all.add(cells);
      }
    }
    return all;
  }

  /** Of a super table that jobs write to a stand-in for TDengine. */
  public static <T> List<List<@Nullable Object>> of(
      List<Column<T>> columns, StandInTdengine server, String table)
      throws SQLException, JsonProcessingException {
    try (Connection connection =
        TdengineConnections.connect(
            server.jdbcUrl(), StandInTdengine.USER, new Secret(StandInTdengine.PASSWORD))) {
      return of(columns, connection, "`tidewatch`.`%s`".formatted(table), name -> "`" + name + "`");
    }
  }

  private static Object cell(ColumnType type, ResultSet row, int place)
      throws SQLException, JsonProcessingException {
    return switch (type) {
      case TEXT -> row.getString(place);
      case JSON -> JSON.readTree(row.getString(place));
      case TIME ->
          row.getObject(place) instanceof OffsetDateTime time
              ? time.toInstant().toEpochMilli()
              : ((Timestamp) row.getObject(place)).getTime();
      case DOUBLE -> row.getDouble(place);
      case LONG -> row.getLong(place);
      case INT -> row.getInt(place);
      case BOOLEAN -> row.getBoolean(place);
      case BYTES -> throw new IllegalArgumentException("left out");
    };
  }

  private static <T> List<Column<T>> withoutBytes(List<Column<T>> columns) {
    return columns.stream().filter(column -> column.type() != ColumnType.BYTES).toList();
  }
}
