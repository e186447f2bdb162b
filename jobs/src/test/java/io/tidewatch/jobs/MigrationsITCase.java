package io.tidewatch.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tidewatch.embedded.EmbeddedStack;
import io.tidewatch.jobs.sink.Migrations;
import io.tidewatch.testkit.SharedStack;
import io.tidewatch.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfEnvironmentVariable;
import org.junit.jupiter.api.extension.ExtendWith;

/** The tables of an empty database, and the views on them. */
@ExtendWith(SharedStack.class)
class MigrationsITCase {
  private TestDatabase database;
  private Connection connection;

  @BeforeEach
  void makeDatabase(EmbeddedStack stack) throws SQLException {
    database = TestDatabase.create(stack);
    connection = database.connection();
  }

  @AfterEach
  void disconnect() throws SQLException {
    connection.close();
  }

  @Test
  void secondTimeChangesNothing() throws SQLException {
    migrate(true);
    execute(
        "INSERT INTO device_features VALUES"
            + " ('kiln', 'a', '2024-01-01Z', '2024-01-01 00:01Z', 60000, 1, '{}')");
    List<List<Object>> history = query("SELECT * FROM tidewatch_schema_history ORDER BY 1");
    List<List<Object>> rows = query("SELECT * FROM device_features");

    migrate(true);

    assertThat(history).isNotEmpty();
    assertThat(query("SELECT * FROM tidewatch_schema_history ORDER BY 1")).isEqualTo(history);
    assertThat(query("SELECT * FROM device_features")).isEqualTo(rows).hasSize(1);
  }

  @Test
  void leavesADatabaseUntouchedWhenSwitchedOff() throws SQLException {
    migrate(false);

    assertThat(query("SELECT * FROM pg_class WHERE relnamespace = 'public'::regnamespace"))
        .isEmpty();
  }

  @Test
  void findsRoomBesideTheTablesOfOthers() throws SQLException {
    execute("CREATE TABLE theirs (x int)");

    migrate(true);

    assertThat(query("SELECT * FROM device_features")).isEmpty();
    assertThat(query("SELECT * FROM theirs")).isEmpty();
  }

  @Test
  void featureValuesAreOneRowAFeature() throws SQLException {
    migrate(true);
    execute(
        "INSERT INTO device_features VALUES ('kiln', 'a', '2024-01-01Z', '2024-01-01 00:01Z', 60000,"
            + " 2, '{\"heat_mean\": 1.5, \"heat_std\": null, \"heat_max\":"
            + " 1.7976931348623157E308}')");

    assertThat(
            query(
                "SELECT model, device_id, window_ms, feature, value FROM device_feature_values"
                    + " ORDER BY feature"))
        .containsExactly(
            row("kiln", "a", 60000L, "heat_max", Double.MAX_VALUE),
            row("kiln", "a", 60000L, "heat_mean", 1.5),
            row("kiln", "a", 60000L, "heat_std", null));
  }

  @Test
  void hoursAddUpTheWindowsThatTileThem() throws SQLException {
    migrate(true);
    // Half-hour windows that slide by 15 minutes. Those that end at a full or half hour tile time.
    latency("00:00", "00:30", 1800_000, 10, 1, 100, 500);
    latency("00:15", "00:45", 1800_000, 99, 99, 999, 999);
    latency("00:30", "01:00", 1800_000, 30, 3, 200, 900);
    latency("00:45", "01:15", 1800_000, 99, 99, 999, 999);
    latency("01:00", "01:30", 1800_000, 4, 0, 50, 60);
    // Another length is another row; one that does not divide an hour has none.
    latency("00:00", "01:00", 3600_000, 40, 4, 175, 900);
    latency("00:00", "00:07", 420_000, 5, 0, 10, 10);

    assertThat(
            query(
                "SELECT window_ms, to_char(hour_start AT TIME ZONE 'UTC', 'HH24:MI'), count,"
                    + " error_count, error_rate, mean_ms, max_ms FROM api_latency_1h"
                    + " ORDER BY window_ms, hour_start"))
        .containsExactly(
            row(1800_000L, "00:00", 40L, 4L, 10.0, 175.0, 900.0),
            row(1800_000L, "01:00", 4L, 0L, 0.0, 50.0, 60.0),
            row(3600_000L, "00:00", 40L, 4L, 10.0, 175.0, 900.0));
  }

  @Test
  void anAbsurdDurationDoesNotSpoilTheHours() throws SQLException {
    migrate(true);
    latency("00:00", "00:30", 1800_000, 10, 0, Double.MAX_VALUE, Double.MAX_VALUE);
    latency("00:30", "01:00", 1800_000, 10, 0, 100, 100);

    assertThat((double) query("SELECT mean_ms FROM api_latency_1h").get(0).get(0))
        .isCloseTo(Double.MAX_VALUE / 2, within(Double.MAX_VALUE * 1e-9));
  }

  @Test
  void minutesOfPlainMetricsAreThereWithoutTimescale() throws SQLException {
    migrate(true);
    for (String table : List.of("performance_metrics", "business_metrics", "system_metrics")) {
      execute(
          ("INSERT INTO %s VALUES ('load', 'h', 'me', '1', '2024-01-01 00:00:10Z', 1),"
                  + " ('load', 'h', 'me', '1', '2024-01-01 00:00:50Z', 3),"
                  + " ('load', 'h', 'me', '1', '2024-01-01 00:01:00Z', 7)")
              .formatted(table));

      assertThat(
              query(
                  "SELECT to_char(minute_start AT TIME ZONE 'UTC', 'HH24:MI'), count, min, max, mean"
                      + " FROM %s_1m ORDER BY 1".formatted(table)))
          .containsExactly(row("00:00", 2L, 1.0, 3.0, 2.0), row("00:01", 1L, 7.0, 7.0, 7.0));
    }
  }

  @Test
  @DisabledIfEnvironmentVariable(
      named = TestDatabase.SERVER,
      matches = "jdbc:postgresql:.+",
      disabledReason = "there TimescaleITCase looks at them")
  void noBackgroundJobAilsWhereThereIsNone() throws SQLException {
    migrate(true);

    assertThat(query("SELECT * FROM tidewatch_ailing_jobs()")).isEmpty();
    assertThat(query("SELECT * FROM tidewatch_ailing_jobs('0')")).isEmpty();
  }

  private void migrate(boolean allowed) {
    Migrations.apply(TestPostgres.config(database, allowed));
  }

  private void latency(
      String start, String end, long windowMs, long count, long errors, double mean, double max)
      throws SQLException {
    execute(
        ("INSERT INTO api_latency_windows VALUES ('shop', '/pay', 'POST', '2024-01-01 %s:00Z',"
                + " '2024-01-01 %s:00Z', %d, %d, 1, %d, 1, %s, 1, 1, 1, 1, %s)")
            .formatted(start, end, windowMs, count, errors, mean, max));
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private List<List<Object>> query(String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      List<List<Object>> all = new ArrayList<>();
      while (rows.next()) {
        List<Object> row = new ArrayList<>();
        for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
          row.add(rows.getObject(i));
        }
        all.add(row);
      }
      return all;
    }
  }

  private static List<Object> row(Object... values) {
    return Arrays.asList(values);
  }
}
