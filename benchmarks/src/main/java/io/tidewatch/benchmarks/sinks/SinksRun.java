package io.tidewatch.benchmarks.sinks;

import io.tidewatch.embedded.EmbeddedDatabase;
import io.tidewatch.embedded.EmbeddedFlink;
import io.tidewatch.jobs.config.KafkaConfig;
import io.tidewatch.jobs.config.PostgresConfig;
import io.tidewatch.jobs.config.Secret;
import io.tidewatch.jobs.config.SinkConfig;
import io.tidewatch.jobs.sink.LatencyRows;
import io.tidewatch.jobs.sink.Migrations;
import io.tidewatch.jobs.sink.RowTarget;
import io.tidewatch.schemas.derived.LatencyWindow;
import io.tidewatch.testkit.TcpProxy;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.connector.jdbc.JdbcConnectionOptions;
import org.apache.flink.connector.jdbc.JdbcExecutionOptions;
import org.apache.flink.connector.jdbc.core.datastream.sink.JdbcSink;
import org.apache.flink.connector.jdbc.datasource.connections.SimpleJdbcConnectionProvider;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Writes rows through one sink after the other, into an emptied table each time. */
final class SinksRun implements AutoCloseable {
  private static final String DATABASE = "bench_sinks";
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
  private static final int ENDPOINTS = 1_000;
  private static final long WINDOW_MS = 60_000;

  private final EmbeddedDatabase database;
  private final EmbeddedFlink flink;
  private final TcpProxy proxy;
  private final String jdbcUrl;

  private SinksRun(EmbeddedDatabase database, EmbeddedFlink flink, TcpProxy proxy, String jdbcUrl) {
    this.database = database;
    this.flink = flink;
    this.proxy = proxy;
    this.jdbcUrl = jdbcUrl;
  }

  static SinksRun start(Path folder) throws SQLException {
    EmbeddedDatabase database = EmbeddedDatabase.start(folder.resolve("postgres"));
    try (Connection connection = database.connection();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE " + DATABASE);
    }
    String jdbcUrl = database.jdbcUrl().replace("/postgres?", "/" + DATABASE + "?");
    Migrations.apply(new PostgresConfig(jdbcUrl, database.user(), new Secret(""), true));
    Configuration settings = new Configuration();
    settings.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
    settings.set(PipelineOptions.OBJECT_REUSE, true);
    return new SinksRun(
        database,
        EmbeddedFlink.start(folder.resolve("flink"), 1, settings),
        TcpProxy.toServerOf(jdbcUrl),
        jdbcUrl);
  }

  /** One job, from its start to its end. */
  SinkResult run(SinkKind kind, int delayMs, long rows) throws SQLException {
    try (Connection watcher = database.connection()) {
      truncate();
      proxy.delay(Duration.ofMillis(delayMs));
      ServerCpu server = new ServerCpu(watcher, DATABASE);
      // without a delay the way is the server's own: a proxy costs processor time, too
      Sink<LatencyWindow> sink = sink(kind, delayMs == 0 ? jdbcUrl : proxy.through(jdbcUrl));
      long cpu = cpuNanos();
      long start = System.nanoTime();
      JobID job = submit(sink, rows);
      while (!flink.status(job).isGloballyTerminalState()) {
        server.look();
        LockSupport.parkNanos(LOOK_NANOS);
      }
      long end = System.nanoTime();
      double client = (cpuNanos() - cpu) / 1e9;
      if (flink.status(job) != JobStatus.FINISHED || stored() != rows) {
        throw new IllegalStateException(
            "%s: must store %d rows, were %d".formatted(kind, rows, stored()),
            flink.failureCause(job).orElse(null));
      }
      return new SinkResult(
          kind, delayMs, rows, (end - start) / 1e9, client, server.seconds(), batches());
    }
  }

  private JobID submit(Sink<LatencyWindow> sink, long rows) {
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.getExecutionEnvironment(flink.configuration()).setParallelism(1);
    env.fromSequence(0, rows - 1)
        .map(SinksRun::row, TypeInformation.of(LatencyWindow.class))
        .sinkTo(sink);
    return flink.submit(env);
  }

  private static LatencyWindow row(long i) {
    long startMs = 1_767_225_600_000L + i / ENDPOINTS * WINDOW_MS;
    double ms = 1 + i % 997;
    return new LatencyWindow(
        "shop",
        "/endpoints/" + i % ENDPOINTS,
        "GET",
        startMs,
        startMs + WINDOW_MS,
        1 + i % 100,
        ms / 7,
        i % 2,
        i % 2,
        ms,
        ms * 0.9,
        ms * 1.5,
        ms * 1.9,
        ms * 2.1,
        ms * 3.3);
  }

  private Sink<LatencyWindow> sink(SinkKind kind, String url) {
    return switch (kind) {
      case STOCK -> stock(url);
      case STOCK_REWRITTEN -> stock(url + "&reWriteBatchedInserts=true");
      case TIDEWATCH ->
          LatencyRows.sink(
              new RowTarget(
                  new PostgresConfig(url, database.user(), new Secret(""), false),
                  new SinkConfig(
                      SinksPlan.BATCH_ROWS,
                      Duration.ofMillis(SinksPlan.BATCH_MS),
                      Duration.ofMinutes(1),
                      "refused"),
                  new KafkaConfig("127.0.0.1:1", Map.of()))); // no row is refused here
      case COPY -> new CopySink(url);
    };
  }

  private Sink<LatencyWindow> stock(String url) {
    return JdbcSink.<LatencyWindow>builder()
        .withQueryStatement(LatencyRows.UPSERT, LatencyRows::bind)
        .withExecutionOptions(
            JdbcExecutionOptions.builder()
                .withBatchSize(SinksPlan.BATCH_ROWS)
                .withBatchIntervalMs(SinksPlan.BATCH_MS)
                .build())
        .buildAtLeastOnce(
            new SimpleJdbcConnectionProvider(
                new JdbcConnectionOptions.JdbcConnectionOptionsBuilder()
                    .withUrl(url)
                    .withDriverName("org.postgresql.Driver")
                    .withUsername(database.user())
                    .build()));
  }

  private void truncate() throws SQLException {
    try (Connection connection = DriverManager.getConnection(jdbcUrl);
        Statement statement = connection.createStatement()) {
      statement.execute("TRUNCATE api_latency_windows");
    }
  }

  private long stored() throws SQLException {
    try (Connection connection = DriverManager.getConnection(jdbcUrl);
        Statement statement = connection.createStatement();
        ResultSet count = statement.executeQuery("SELECT count(*) FROM api_latency_windows")) {
      count.next();
      return count.getLong(1);
    }
  }

  /** A row says when the transaction began that wrote it. */
  private SinkResult.Batches batches() throws SQLException {
    try (Connection connection = DriverManager.getConnection(jdbcUrl);
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                """
                SELECT count(*), percentile_cont(0.5) WITHIN GROUP (ORDER BY ms),
                  percentile_cont(0.99) WITHIN GROUP (ORDER BY ms)
                FROM (
                  SELECT extract(epoch FROM began - lag(began) OVER (ORDER BY began)) * 1000 AS ms
                  FROM (SELECT DISTINCT written_at AS began FROM api_latency_windows) AS batches
                ) AS gaps""")) {
      row.next();
      return new SinkResult.Batches(row.getLong(1), orNaN(row, 2), orNaN(row, 3));
    }
  }

  private static double orNaN(ResultSet row, int column) throws SQLException {
    double value = row.getDouble(column);
    return row.wasNull() ? Double.NaN : value;
  }

  private static long cpuNanos() {
    return ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class)
        .getProcessCpuTime();
  }

  @Override
  public void close() {
    try (database;
        flink;
        proxy) {
      // All, whatever happens.
    }
  }
}
