package io.tidewatch.benchmarks.pipeline;

import io.tidewatch.benchmarks.decode.MessageKind;
import io.tidewatch.embedded.EmbeddedDatabase;
import io.tidewatch.embedded.EmbeddedKafka;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Kafka in this process, PostgreSQL in its own: what a run reads from and writes to. */
final class Servers implements AutoCloseable {
  private final EmbeddedKafka kafka;
  private final EmbeddedDatabase database;
  private int databases;

  private Servers(EmbeddedKafka kafka, EmbeddedDatabase database) {
    this.kafka = kafka;
    this.database = database;
  }

  static Servers start(Path folder) {
    EmbeddedKafka kafka = EmbeddedKafka.start(folder.resolve("kafka"));
    try {
      return new Servers(kafka, EmbeddedDatabase.start(folder.resolve("postgres")));
    } catch (RuntimeException e) {
      kafka.close();
      throw e;
    }
  }

  EmbeddedKafka kafka() {
    return kafka;
  }

  /** A run that finds the rows of another would replace them instead of inserting its own. */
  String freshDatabase() {
    String name = "bench" + ++databases;
    try (Connection connection = database.connection();
        Statement statement = connection.createStatement()) {
      statement.execute("DROP DATABASE IF EXISTS bench" + (databases - 1));
      statement.execute("CREATE DATABASE " + name);
    } catch (SQLException e) {
      throw new IllegalStateException("no database for the run", e);
    }
    return database.jdbcUrl().replace("/postgres?", "/" + name + "?");
  }

  PipelineOrder order(PipelineSpec spec, PipelinePlan plan, String jdbcUrl, String folder) {
    return new PipelineOrder(
        spec,
        kafka.bootstrapServers(),
        FilledTopics.topic(spec),
        jdbcUrl,
        database.user(),
        plan.warmUpRecords(),
        plan.records(),
        plan.patienceSeconds(),
        folder);
  }

  /**
   * @throws IllegalStateException when the run did not do the work that was to be measured
   */
  void check(PipelineResult result, String jdbcUrl) {
    if (result.rejected() != 0 || result.late() != 0) {
      throw new IllegalStateException(
          "%s: no record may be refused or late, was %d and %d"
              .formatted(result.spec(), result.rejected(), result.late()));
    }
    if (result.spec().stage() == Stage.JOB && rows(result.spec().message(), jdbcUrl) == 0) {
      throw new IllegalStateException(result.spec() + ": must write rows, was none");
    }
  }

  private static long rows(MessageKind kind, String jdbcUrl) {
    String table = kind == MessageKind.LATENCY ? "api_latency_windows" : "device_features";
    try (Connection connection = DriverManager.getConnection(jdbcUrl);
        Statement statement = connection.createStatement();
        ResultSet count = statement.executeQuery("SELECT count(*) FROM " + table)) {
      count.next();
      return count.getLong(1);
    } catch (SQLException e) {
      throw new IllegalStateException("the rows of the run cannot be counted", e);
    }
  }

  @Override
  public void close() {
    try (kafka;
        database) {
      // Both, whatever happens.
    }
  }
}
