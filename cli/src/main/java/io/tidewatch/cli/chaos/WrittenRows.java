package io.tidewatch.cli.chaos;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidewatch.testkit.chaos.Write;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The tables of the jobs, and a diary of all writes to them: a trigger notes when a row was written
 * first, when it was written again, and whether it then said anything else. The trigger is told the
 * table, since where that is one of TimescaleDB it runs for a chunk of it.
 */
final class WrittenRows {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** A database that hangs must not hang who looks at it. */
  private static final String TIMEOUTS = "connectTimeout=5&socketTimeout=60";

  private static final String DIARY =
      """
      CREATE TABLE chaos_writes (
        relation text        NOT NULL,
        rewrite  boolean     NOT NULL,
        changed  boolean     NOT NULL,
        at       timestamptz NOT NULL,
        event    timestamptz NOT NULL
      );
      CREATE FUNCTION chaos_note() RETURNS trigger LANGUAGE plpgsql AS $note$
      DECLARE
        differs boolean := false;
      BEGIN
        IF TG_OP = 'UPDATE' THEN
          differs := (to_jsonb(OLD) - 'written_at') IS DISTINCT FROM (to_jsonb(NEW) - 'written_at');
        END IF;
        INSERT INTO chaos_writes VALUES (TG_ARGV[0], TG_OP = 'UPDATE', differs, clock_timestamp(),
          NEW.window_end);
        RETURN NULL;
      END $note$;
      """;

  private final String jdbcUrl;

  WrittenRows(String jdbcUrl) {
    this.jdbcUrl = jdbcUrl + (jdbcUrl.contains("?") ? "&" : "?") + TIMEOUTS;
  }

  /** Begins the diary; the tables are there and empty. */
  void begin() throws SQLException {
    try (Connection connection = connection();
        Statement statement = connection.createStatement()) {
      statement.execute(DIARY);
      for (String table : RowKey.TABLES) {
        statement.execute(
            "CREATE TRIGGER chaos_note AFTER INSERT OR UPDATE ON "
                + table
                + " FOR EACH ROW EXECUTE FUNCTION chaos_note('"
                + table
                + "')");
      }
    }
  }

  /** When each row of a table was written first, and the end of its window, in order of time. */
  List<Write> firstWrites(String table) throws SQLException {
    try (Connection connection = connection();
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT (extract(epoch FROM at) * 1000)::bigint,"
                    + " (extract(epoch FROM event) * 1000)::bigint FROM chaos_writes"
                    + " WHERE NOT rewrite AND relation = '"
                    + table
                    + "' ORDER BY at")) {
      List<Write> writes = new ArrayList<>();
      while (row.next()) {
        writes.add(new Write(row.getLong(1), row.getLong(2)));
      }
      return writes;
    }
  }

  /**
   * The time of the newest row of the table that has waited longest for one; 0 when one has none.
   */
  long slowestNewestMs() throws SQLException {
    return number(
        """
        SELECT CASE WHEN count(*) < 2 THEN 0 ELSE min(newest) END
        FROM (SELECT (extract(epoch FROM max(at)) * 1000)::bigint AS newest
              FROM chaos_writes WHERE NOT rewrite GROUP BY relation) tables
        """);
  }

  /** Rows written again. */
  long rewrites() throws SQLException {
    return number("SELECT count(*) FROM chaos_writes WHERE rewrite");
  }

  /** Rows that said something else when they were written again. */
  long changedRewrites() throws SQLException {
    return number("SELECT count(*) FROM chaos_writes WHERE changed");
  }

  /** All rows with their numbers; null is {@code NaN}. */
  Map<RowKey, Map<String, Double>> rows() throws SQLException {
    Map<RowKey, Map<String, Double>> rows = new HashMap<>();
    for (String table : RowKey.TABLES) {
      try (Connection connection = connection();
          Statement statement = connection.createStatement();
          ResultSet row = statement.executeQuery("SELECT * FROM " + table)) {
        while (row.next()) {
          boolean features = table.equals(RowKey.FEATURES);
          rows.put(key(table, row), features ? features(row) : numbers(row));
        }
      }
    }
    return rows;
  }

  private static RowKey key(String table, ResultSet row) throws SQLException {
    List<String> series = new ArrayList<>();
    for (String column :
        table.equals(RowKey.FEATURES)
            ? List.of("model", "device_id")
            : List.of("service", "endpoint", "method")) {
      series.add(row.getString(column));
    }
    return new RowKey(
        table,
        series,
        row.getObject("window_start", OffsetDateTime.class).toInstant().toEpochMilli(),
        row.getObject("window_end", OffsetDateTime.class).toInstant().toEpochMilli());
  }

  private static Map<String, Double> features(ResultSet row) throws SQLException {
    Map<String, Double> values = new HashMap<>();
    values.put("records", (double) row.getLong("records"));
    try {
      for (Map.Entry<String, JsonNode> feature :
          JSON.readTree(row.getString("features")).properties()) {
        JsonNode value = feature.getValue();
        values.put(feature.getKey(), value.isNull() ? Double.NaN : value.doubleValue());
      }
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
    return values;
  }

  private static Map<String, Double> numbers(ResultSet row) throws SQLException {
    Map<String, Double> values = new HashMap<>();
    ResultSetMetaData columns = row.getMetaData();
    for (int i = 1; i <= columns.getColumnCount(); i++) {
      if (row.getObject(i) instanceof Number number) {
        values.put(columns.getColumnName(i), number.doubleValue());
      }
    }
    return values;
  }

  private long number(String query) throws SQLException {
    try (Connection connection = connection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      row.next();
      return row.getLong(1);
    }
  }

  private Connection connection() throws SQLException {
    return DriverManager.getConnection(jdbcUrl);
  }
}
