package io.tidewatch.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.tidewatch.jobs.sink.Migrations;
import io.tidewatch.jobs.sink.jdbc.PostgresStore;
import io.tidewatch.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.connector.jdbc.JdbcConnectionOptions;
import org.apache.flink.connector.jdbc.datasource.connections.SimpleJdbcConnectionProvider;
import org.assertj.core.api.InstanceOfAssertFactories;
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
  private final Instant now = Instant.now();
  private TestDatabase database;
  private Connection connection;

  @BeforeEach
  void migrate() throws SQLException {
    database = TestDatabase.createOn(TestDatabase.namedServer().orElseThrow());
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
                "SELECT hypertable_name || ' ' || (config->>'compress_after')"
                    + " FROM timescaledb_information.jobs WHERE proc_name = 'policy_compression'"))
        .containsExactlyInAnyOrder(
            "business_metrics 2 days",
            "performance_metrics 2 days",
            "system_metrics 2 days",
            "device_features 2 days",
            "api_latency_windows 2 days",
            "anomaly_scores 2 days");
    assertThat(
            texts(
                "SELECT hypertable_name || ' ' || (config->>'drop_after')"
                    + " FROM timescaledb_information.jobs WHERE proc_name = 'policy_retention'"))
        .containsExactlyInAnyOrder(
            "business_metrics 90 days",
            "performance_metrics 90 days",
            "system_metrics 90 days",
            "device_features 90 days",
            "api_latency_windows 90 days",
            "anomaly_scores 90 days");
  }

  @Test
  void aCompressedRowIsStillCorrected() throws SQLException {
    execute(load(Duration.ofDays(4), 1));
    runJob("policy_compression", "system_metrics");
    assertThat(
            texts(
                "SELECT DISTINCT is_compressed::text FROM timescaledb_information.chunks"
                    + " WHERE hypertable_name = 'system_metrics'"))
        .containsExactly("true");

    execute(load(Duration.ofDays(4), 2));

    assertThat(texts("SELECT value::text FROM system_metrics")).containsExactly("2");
  }

  @Test
  void whatIsTooOldIsDropped() throws SQLException {
    execute(load(Duration.ofDays(100), 1));
    execute(load(Duration.ofDays(80), 2));

    runJob("policy_retention", "system_metrics");

    assertThat(texts("SELECT value::text FROM system_metrics")).containsExactly("2");
  }

  @Test
  void aLateRowComesIntoItsMinute() throws SQLException {
    execute(load(Duration.ofDays(2), 1));
    assertThat(texts("SELECT sum(count)::text FROM system_metrics_1m"))
        .as("beside what is stored, from the rows")
        .containsExactly("1");
    execute("ALTER MATERIALIZED VIEW system_metrics_1m SET (timescaledb.materialized_only = true)");
    assertThat(texts("SELECT sum(count)::text FROM system_metrics_1m"))
        .as("nothing is stored yet")
        .containsExactly((String) null);
    runJob("policy_refresh_continuous_aggregate", "system_metrics_1m");
    assertThat(texts("SELECT sum(count)::text FROM system_metrics_1m")).containsExactly("1");

    execute(load(Duration.ofDays(2).plusMillis(1), 3));
    runJob("policy_refresh_continuous_aggregate", "system_metrics_1m");

    assertThat(texts("SELECT sum(count)::text FROM system_metrics_1m")).containsExactly("2");
  }

  @Test
  void nothingAilsWhereJobsRun() throws SQLException {
    await("each of the jobs has run")
        .atMost(Duration.ofMinutes(2))
        .untilAsserted(
            () -> {
              assertThat(ailing()).isEmpty();
              assertThat(
                      texts(
                          "SELECT job_id::text FROM timescaledb_information.job_stats"
                              + " WHERE job_id >= 1000 AND total_successes = 0"))
                  .isEmpty();
            });
    assertThat(
            texts("SELECT count(*)::text FROM timescaledb_information.jobs WHERE job_id >= 1000"))
        .as("six tables to compress and to end, three aggregates")
        .containsExactly("15");
  }

  @Test
  void aJobThatFailsIsSeen() throws SQLException {
    execute("CREATE PROCEDURE fails(int, jsonb) LANGUAGE plpgsql AS 'BEGIN RAISE ''no''; END'");

    execute("SELECT add_job('fails', '1 day', initial_start => now())");

    await("the scheduler runs it")
        .atMost(Duration.ofMinutes(1))
        .untilAsserted(
            () ->
                assertThat(ailing()).containsExactly("User-Defined Action: failed the last time"));
  }

  @Test
  void aJobThatDoesNotRunIsSeen() throws SQLException {
    execute("CREATE PROCEDURE idles(int, jsonb) LANGUAGE plpgsql AS 'BEGIN END'");
    execute("SELECT alter_job(add_job('idles', '1 day')::int, scheduled => false)");

    assertThat(ailing()).containsExactly("User-Defined Action: is not scheduled");
  }

  @Test
  void aSchedulerThatDoesNotRunIsSeen() throws SQLException {
    execute("SELECT _timescaledb_functions.stop_background_workers()");
    execute("CREATE PROCEDURE idles(int, jsonb) LANGUAGE plpgsql AS 'BEGIN END'");
    execute("SELECT add_job('idles', '1 day')");

    await("the scheduler ends")
        .atMost(Duration.ofMinutes(1))
        .untilAsserted(
            () ->
                assertThat(ailing())
                    .contains("User-Defined Action: has never run, no scheduler runs"));
  }

  @Test
  void aSinkSeesTheJobsOfItsTable() throws SQLException {
    PostgresStore<String> store =
        new PostgresStore<>(
            new SimpleJdbcConnectionProvider(
                new JdbcConnectionOptions.JdbcConnectionOptionsBuilder()
                    .withUrl(database.jdbcUrl())
                    .withUsername(database.user())
                    .build()),
            "INSERT INTO system_metrics (name, host, source, unit, ts, value)"
                + " VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
            (statement, host) -> {
              statement.setString(1, "load");
              statement.setString(2, host);
              statement.setString(3, "me");
              statement.setString(4, "1");
              statement.setTimestamp(5, Timestamp.from(now));
              statement.setDouble(6, 1);
            });
    store.open();
    try {
      assertThat(store.ailments()).isEmpty();
      for (String table : List.of("system_metrics", "business_metrics")) {
        execute(
            ("SELECT alter_job(job_id, scheduled => false) FROM timescaledb_information.jobs"
                    + " WHERE proc_name = 'policy_retention' AND hypertable_name = '%s'")
                .formatted(table));
      }

      assertThat(store.ailments())
          .singleElement(InstanceOfAssertFactories.STRING)
          .matches("Retention Policy \\[\\d+] is not scheduled");

      execute("DROP FUNCTION tidewatch_ailing_jobs");
      assertThatThrownBy(store::ailments).hasMessageContaining("does not exist");
      store.write(List.of("h"));
      assertThat(texts("SELECT host FROM system_metrics")).containsExactly("h");
    } finally {
      store.disconnect();
    }
  }

  /** The load of a host so long before this test. */
  private String load(Duration ago, double value) {
    return "INSERT INTO system_metrics VALUES ('load', 'h', 'me', '1', '%s', %s)"
            .formatted(now.minus(ago), value)
        + " ON CONFLICT (name, host, ts) DO UPDATE SET value = EXCLUDED.value";
  }

  private void runJob(String policy, String of) throws SQLException {
    execute(
        "CALL run_job(%s)"
            .formatted(
                texts(
                        "SELECT job_id::text FROM timescaledb_information.jobs"
                            + " WHERE proc_name = '%s' AND hypertable_name = '%s'"
                                .formatted(policy, of))
                    .get(0)));
  }

  private List<String> ailing() throws SQLException {
    return texts(
        "SELECT split_part(job, ' [', 1) || ': ' || problem FROM tidewatch_ailing_jobs('1 hour')");
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
