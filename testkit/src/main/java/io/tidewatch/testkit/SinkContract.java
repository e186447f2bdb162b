package io.tidewatch.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tidewatch.embedded.EmbeddedStack;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What each sink to PostgreSQL promises, on a real server and through a real job: what is written
 * is read back, and a row that is written again replaces itself, so that a job may repeat what it
 * wrote before a failure; what the server refuses is told, and holds up nothing.
 *
 * @param <T> what the sink takes, with value equality
 */
@ExtendWith(SharedStack.class)
public abstract class SinkContract<T> {
  private static final Duration TIMEOUT = Duration.ofMinutes(1);

  /** Names that no other database of this JVM has. */
  private static int number;

  private EmbeddedStack stack;
  private Place place;

  /**
   * Where one test writes.
   *
   * @param bootstrapServers of the Kafka that has {@code refusedTopic}
   */
  public record Place(String jdbcUrl, String user, String bootstrapServers, String refusedTopic) {}

  @SuppressWarnings("NullAway.Init") // set before each test
  protected SinkContract() {}

  /** Makes the tables in an empty database. */
  protected abstract void migrate(String jdbcUrl, String user);

  protected abstract Sink<T> sink(Place place);

  protected abstract TypeInformation<T> type();

  /** Some rows with different keys, as a job may write them. */
  protected abstract List<T> rows();

  /** A row of the same key and other values. */
  protected abstract T changed(T row);

  /** Rows with different keys that hold what is rare and allowed. */
  protected abstract List<T> specialRows();

  /** A row that a constraint of the table does not allow; it may have the key of another. */
  protected abstract T refusedRow();

  /** All rows of the table. */
  protected abstract List<T> read(Connection connection) throws SQLException;

  @BeforeEach
  final void makeDatabase(EmbeddedStack shared) throws SQLException {
    stack = shared;
    String name = "sink_" + getClass().getSimpleName().toLowerCase(Locale.ROOT) + ++number;
    TestDatabase database = TestDatabase.create(stack);
    place =
        new Place(
            database.jdbcUrl(),
            database.user(),
            stack.kafka().bootstrapServers(),
            name + ".refused");
    stack.kafka().createTopic(place.refusedTopic(), 1, Map.of());
    migrate(place.jdbcUrl(), place.user());
  }

  @Test
  final void whatIsWrittenIsReadBack() throws SQLException {
    write(rows());

    assertStored(rows());
  }

  @Test
  final void rowsWrittenAgainLeaveTheSameSet() throws SQLException {
    write(rows());
    write(rows());

    assertStored(rows());
  }

  @Test
  final void rowThatStandsTwiceInOneBatchIsWrittenOnce() throws SQLException {
    T first = rows().get(0);
    write(List.of(first, first));

    assertStored(List.of(first));
  }

  @Test
  final void changedRowReplacesTheOneOfItsKeyOnly() throws SQLException {
    List<T> rows = rows();
    write(rows);
    T changed = changed(rows.get(0));
    write(List.of(changed));

    Set<T> wanted = new HashSet<>(rows);
    wanted.remove(rows.get(0));
    wanted.add(changed);
    assertStored(wanted);
  }

  @Test
  final void rareValuesAreReadBackUnchanged() throws SQLException {
    write(specialRows());
    write(specialRows());

    assertStored(specialRows());
  }

  @Test
  final void refusedRowIsToldWithTheReasonAndTheOthersAreStored() throws SQLException {
    write(List.of(rows().get(0), refusedRow(), rows().get(1)));

    assertStored(rows().subList(0, 2));
    List<ConsumerRecord<byte[], byte[]>> refused =
        new TopicClient(place.bootstrapServers()).readAll(place.refusedTopic());
    assertEquals(1, refused.size(), "refused rows");
    String told = new String(refused.get(0).value(), UTF_8);
    assertTrue(told.contains("\"code\":\"23514\""), told);
  }

  @Test
  final void noConnectionIsLeftBehind() throws SQLException {
    write(List.of(refusedRow()));

    try (Connection connection = DriverManager.getConnection(place.jdbcUrl());
        Statement statement = connection.createStatement();
        ResultSet open =
            statement.executeQuery(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()")) {
      open.next();
      assertEquals(1, open.getInt(1), "connections");
    }
  }

  private void write(List<T> rows) {
    assertEquals(JobStatus.FINISHED, run(rows));
  }

  /** How the job that writes the rows ends; it is not restarted. */
  private JobStatus run(List<T> rows) {
    Configuration configuration = stack.flink().configuration();
    configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.getExecutionEnvironment(configuration).setParallelism(1);
    env.fromData(rows, type()).uid("contract-source").sinkTo(sink(place)).uid("contract-sink");
    return stack.flink().awaitEnd(stack.flink().submit(env), TIMEOUT);
  }

  private void assertStored(Collection<T> wanted) throws SQLException {
    try (Connection connection = DriverManager.getConnection(place.jdbcUrl())) {
      List<T> stored = read(connection);
      assertEquals(Set.copyOf(wanted), new HashSet<>(stored));
      assertEquals(wanted.size(), stored.size(), "rows");
    }
  }
}
