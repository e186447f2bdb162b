package io.tidewatch.jobs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tidewatch.embedded.EmbeddedStack;
import io.tidewatch.embedded.InProcessMetrics;
import io.tidewatch.jobs.config.KafkaConfig;
import io.tidewatch.jobs.config.PostgresConfig;
import io.tidewatch.jobs.config.Secret;
import io.tidewatch.jobs.config.SinkConfig;
import io.tidewatch.jobs.sink.LatencyRows;
import io.tidewatch.jobs.sink.Migrations;
import io.tidewatch.jobs.sink.RowTarget;
import io.tidewatch.schemas.derived.LatencyWindow;
import io.tidewatch.testkit.SharedStack;
import io.tidewatch.testkit.TcpProxy;
import io.tidewatch.testkit.TestDatabase;
import io.tidewatch.testkit.TopicClient;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What happens to a database does not happen to its rows: real server, real job, and a proxy in
 * between that does the damage. Each fault must be seen to bite before it counts.
 */
@ExtendWith(SharedStack.class)
class OutageITCase {
  private static final Duration TIMEOUT = Duration.ofMinutes(2);

  /** Slowed down by the proxy, more than a job writes before a fault comes. */
  private static final int ROWS = 20_000;

  private static int number;

  private EmbeddedStack stack;
  private TcpProxy proxy;
  private String name;
  private TestDatabase database;

  @BeforeEach
  void makeDatabase(EmbeddedStack shared) throws SQLException {
    stack = shared;
    name = "outage_" + ++number;
    database = TestDatabase.create(stack);
    Migrations.apply(TestPostgres.config(database, true));
    stack.kafka().createTopic(name, 1, Map.of());
    proxy = TcpProxy.toServerOf(database.jdbcUrl());
  }

  @AfterEach
  void close() {
    proxy.close();
  }

  @Test
  void aDatabaseThatIsGoneForAWhileCostsNeitherRowsNorARestart() throws Exception {
    JobID job = startSlowly("");
    try (CapturedLog log = new CapturedLog()) {
      proxy.cut();
      awaitRetries(job, 4);
      long stored = rows();
      assertThat(stored).as("the fault came before the end").isLessThan(ROWS);
      proxy.restore();

      assertAllStored(job);
      assertThat(log.text())
          .as("one line an episode, and one at its end")
          .containsOnlyOnce(
              "api_latency_windows: the database takes no rows, trying again for up to ")
          .containsOnlyOnce("api_latency_windows: the database takes rows again after ");
    }
    assertThat(InProcessMetrics.sum(job, "tidewatch.sink_outage_seconds_total")).isPositive();
  }

  @Test
  void aServerThatEndsItsConnectionsCostsNeitherRowsNorARestart() throws Exception {
    JobID job = startSlowly("");
    execute(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            + " WHERE datname = current_database() AND pid <> pg_backend_pid()");
    awaitRetries(job, 1);

    assertAllStored(job);
  }

  @Test
  void aDatabaseThatHangsIsLeftAfterTheTimeOut() throws Exception {
    JobID job = startSlowly("&socketTimeout=1");
    proxy.hang();
    awaitRetries(job, 2);
    assertThat(rows()).as("the fault came before the end").isLessThan(ROWS);
    proxy.restore();

    assertAllStored(job);
  }

  @Test
  void aDatabaseThatIsNotThereAtTheStartIsWaitedFor() throws Exception {
    proxy.cut();
    JobID job = submit(target("", Duration.ofMinutes(1), Map.of()), 1000, 1000);
    awaitRetries(job, 3);
    proxy.restore();

    assertThat(stack.flink().awaitEnd(job, TIMEOUT)).isEqualTo(JobStatus.FINISHED);
    assertThat(rows()).isEqualTo(1000);
  }

  @Test
  void anOutageThatIsTooLongFailsTheJobAndSaysSo() {
    proxy.cut();
    JobID job = submit(target("", Duration.ofSeconds(1), Map.of()), 10, 10);

    assertThat(stack.flink().awaitEnd(job, TIMEOUT)).isEqualTo(JobStatus.FAILED);
    assertThat(stack.flink().failureCause(job).orElseThrow())
        .hasStackTraceContaining("api_latency_windows: the database has taken no rows for PT1.")
        .hasStackTraceContaining("sink.max_outage is PT1S");
  }

  @Test
  void aJobCanBeCancelledWhileItsDatabaseIsGone() throws Exception {
    JobID job = startSlowly("");
    proxy.cut();
    awaitRetries(job, 2);

    stack.flink().cancel(job);

    assertThat(stack.flink().status(job)).isEqualTo(JobStatus.CANCELED);
  }

  @Test
  void aMissingTableFailsTheJobWhenItStarts() throws Exception {
    execute("DROP TABLE api_latency_windows CASCADE");

    assertFails(
        "api_latency_windows: rows cannot be written: ERROR: relation \"api_latency_windows\" does"
            + " not exist");
  }

  @Test
  void aMissingColumnFailsTheJobWhenItStarts() throws Exception {
    execute("ALTER TABLE api_latency_windows DROP COLUMN sketch CASCADE");

    assertFails("rows cannot be written: ERROR: column \"sketch\" of relation");
  }

  @Test
  void aMissingPrivilegeFailsTheJobWhenItStarts() throws Exception {
    String role = "tidewatch_" + name + "_" + ProcessHandle.current().pid();
    execute("CREATE ROLE %s LOGIN".formatted(role));
    execute("GRANT INSERT, SELECT ON api_latency_windows TO " + role);
    try {
      RowTarget allowed = target("", TIMEOUT, Map.of());
      RowTarget target =
          new RowTarget(
              new PostgresConfig(
                  allowed.postgres().url().replaceFirst("user=[^&]*", "user=" + role),
                  role,
                  new Secret(""),
                  false),
              allowed.sink(),
              allowed.kafka());

      JobID job = submit(target, 10, 10);

      assertThat(stack.flink().awaitEnd(job, TIMEOUT)).isEqualTo(JobStatus.FAILED);
      assertThat(stack.flink().failureCause(job).orElseThrow())
          .hasStackTraceContaining(
              "the user must have INSERT, UPDATE and SELECT on api_latency_windows, has no UPDATE");
    } finally {
      execute("DROP OWNED BY " + role); // a role is the server's, not the database's
      execute("DROP ROLE " + role);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void rowsOfOneKeyInABatchAreNoFault(boolean rewritten) throws Exception {
    JobID job = submit(target("&reWriteBatchedInserts=" + rewritten, TIMEOUT, Map.of()), 5_000, 50);

    assertThat(stack.flink().awaitEnd(job, TIMEOUT)).isEqualTo(JobStatus.FINISHED);
    assertThat(rows()).isEqualTo(50);
    assertThat(sum("count")).as("the last row of each key").isEqualTo(sumOf(4_951, 5_000));
  }

  @Test
  void oneRowOfManyThatIsRefusedIsToldAlone() throws Exception {
    execute("ALTER TABLE api_latency_windows ADD CHECK (count <> 777)");

    JobID job = submit(target("", TIMEOUT, Map.of()), 2_000, 2_000);

    assertThat(stack.flink().awaitEnd(job, TIMEOUT)).isEqualTo(JobStatus.FINISHED);
    assertThat(rows()).isEqualTo(1_999);
    var refused = new TopicClient(stack.kafka().bootstrapServers()).readAll(name);
    assertThat(refused).hasSize(1);
    assertThat(new String(refused.get(0).key(), UTF_8)).isEqualTo("api_latency_windows");
    assertThat(new String(refused.get(0).value(), UTF_8))
        .contains("\"code\":\"23514\"", "violates check constraint", "\"count\":777");
  }

  @Test
  void aRefusedRowThatCannotBeToldFailsTheJob() throws Exception {
    execute("ALTER TABLE api_latency_windows ADD CHECK (count <> 7)");

    JobID job =
        submit(
            target(
                "",
                TIMEOUT,
                Map.of(
                    "bootstrap.servers", "127.0.0.1:1",
                    "max.block.ms", "500",
                    "request.timeout.ms", "500",
                    "delivery.timeout.ms", "1000")),
            10,
            10);

    assertThat(stack.flink().awaitEnd(job, TIMEOUT)).isEqualTo(JobStatus.FAILED);
  }

  private JobID startSlowly(String urlOptions) {
    proxy.delay(Duration.ofMillis(15));
    JobID job = submit(target(urlOptions, Duration.ofMinutes(1), Map.of()), ROWS, ROWS);
    await().atMost(TIMEOUT).until(() -> rows() > 0);
    return job;
  }

  private RowTarget target(String urlOptions, Duration maxOutage, Map<String, String> kafka) {
    return new RowTarget(
        new PostgresConfig(
            proxy.through(database.jdbcUrl()) + urlOptions, database.user(), new Secret(""), false),
        new SinkConfig(100, Duration.ofMillis(50), maxOutage, name),
        new KafkaConfig(
            kafka.getOrDefault("bootstrap.servers", stack.kafka().bootstrapServers()), kafka));
  }

  /** A job that writes so many rows of so many keys, of which each row has its number as count. */
  private JobID submit(RowTarget target, long rows, long keys) {
    Configuration configuration = stack.flink().configuration();
    configuration.setString("restart-strategy.type", "none");
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.getExecutionEnvironment(configuration).setParallelism(1);
    env.fromSequence(1, rows)
        .uid("outage-source")
        .map(i -> window(i % keys, i), TypeInformation.of(LatencyWindow.class))
        .uid("outage-rows")
        .sinkTo(LatencyRows.sink(target))
        .uid("outage-sink");
    return stack.flink().submit(env);
  }

  private static LatencyWindow window(long key, long count) {
    return new LatencyWindow("shop", "/" + key, "GET", 0, 60_000, count, 1, 0, 0, 1, 1, 1, 1, 1, 1);
  }

  private void awaitRetries(JobID job, int count) {
    await()
        .atMost(TIMEOUT)
        .until(() -> InProcessMetrics.sum(job, "tidewatch.sink_retries_total") >= count);
  }

  private void assertAllStored(JobID job) throws SQLException {
    assertThat(stack.flink().awaitEnd(job, TIMEOUT)).isEqualTo(JobStatus.FINISHED);
    assertThat(rows()).isEqualTo(ROWS);
    assertThat(sum("count")).isEqualTo(sumOf(1, ROWS));
    assertThat(stack.flink().restarts(job)).isZero();
  }

  private void assertFails(String message) {
    JobID job = submit(target("", TIMEOUT, Map.of()), 10, 10);
    assertThat(stack.flink().awaitEnd(job, TIMEOUT)).isEqualTo(JobStatus.FAILED);
    assertThat(stack.flink().failureCause(job).orElseThrow()).hasStackTraceContaining(message);
  }

  private long rows() throws SQLException {
    return number("SELECT count(*) FROM api_latency_windows");
  }

  private long sum(String column) throws SQLException {
    return number("SELECT sum(%s)::bigint FROM api_latency_windows".formatted(column));
  }

  private static long sumOf(long first, long last) {
    return (first + last) * (last - first + 1) / 2;
  }

  private long number(String sql) throws SQLException {
    try (Connection connection = database.connection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    }
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = database.connection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
