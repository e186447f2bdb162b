package io.tidewatch.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.jobs.sink.Migrations;
import io.tidewatch.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/**
 * What TimescaleDB adds, on a server of it. {@code TIDEWATCH_TIMESCALE_URL} names one, with a user
 * that may create databases; no such server can be started from here.
 */
@EnabledIfEnvironmentVariable(named = TestDatabase.SERVER, matches = "jdbc:postgresql:.+")
class TimescaleITCase {
  private Connection connection;

  @BeforeEach
  void migrate() throws SQLException {
    TestDatabase database = TestDatabase.createOn(TestDatabase.namedServer().orElseThrow());
    connection = database.connection();
    Migrations.apply(TestPostgres.config(database, true));
  }

  @AfterEach
  void disconnect() throws SQLException {
    connection.close();
  }

  @Test
  void tablesOfRowsAreHypertablesWithTheirChunks() throws SQLException {
    assertThat(
            texts(
                "SELECT hypertable_name || ' ' || time_interval FROM timescaledb_information.dimensions"
                    + " WHERE hypertable_schema = 'public' ORDER BY 1"))
        .contains(
            "business_metrics 01:00:00",
            "performance_metrics 01:00:00",
            "system_metrics 00:05:00",
            "device_features 1 day",
            "api_latency_windows 1 day",
            "anomaly_scores 1 day");
  }

  @Test
  void eachIsCompressedAndEndsSomeDay() throws SQLException {
    assertThat(
            texts(
                "SELECT DISTINCT hypertable_name FROM timescaledb_information.jobs"
                    + " WHERE proc_name = 'policy_retention'"))
        .contains("business_metrics", "performance_metrics", "system_metrics", "device_features");
  }

  @Test
  void aLateRowComesIntoItsMinute() throws SQLException {
    execute(
        "INSERT INTO system_metrics VALUES ('load', 'h', 'me', '1', now() - INTERVAL '2 days', 1)");

    assertThat(texts("SELECT sum(count) FROM system_metrics_1m")).containsExactly("1");
  }

  @Test
  void aJobThatFailsIsSeen() throws SQLException {
    assertThat(texts("SELECT problem FROM tidewatch_ailing_jobs('1 hour')")).isEmpty();

    execute("CREATE PROCEDURE fails(int, jsonb) LANGUAGE plpgsql AS 'BEGIN RAISE ''no''; END'");
    execute("SELECT alter_job(add_job('fails', '1 day')::int, scheduled => false)");

    assertThat(texts("SELECT problem FROM tidewatch_ailing_jobs('1 hour')"))
        .containsExactly("is not scheduled");
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private List<String> texts(String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      List<String> texts = new ArrayList<>();
      while (rows.next()) {
        texts.add(rows.getString(1));
      }
      return texts;
    }
  }
}
