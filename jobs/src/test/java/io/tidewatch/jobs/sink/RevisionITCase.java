package io.tidewatch.jobs.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.embedded.EmbeddedStack;
import io.tidewatch.jobs.config.PostgresConfig;
import io.tidewatch.jobs.config.Secret;
import io.tidewatch.schemas.derived.FeatureVector;
import io.tidewatch.schemas.derived.LatencyWindow;
import io.tidewatch.schemas.model.TelemetryModels;
import io.tidewatch.testkit.SharedStack;
import io.tidewatch.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.apache.flink.connector.jdbc.JdbcStatementBuilder;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedStack.class)
class RevisionITCase {
  private static TestDatabase database;

  @BeforeAll
  static void start(EmbeddedStack stack) {
    database = TestDatabase.create(stack);
    Migrations.apply(new PostgresConfig(database.jdbcUrl(), database.user(), new Secret(""), true));
  }

  @Test
  void aFeatureRowIsOnlyReplacedByTheSameOrAHigherRevision() throws Exception {
    FeatureRows rows = new FeatureRows(TelemetryModels.of(List.of()));
    FeatureVector first = new FeatureVector("m", "d", 0, 60_000, 5, new double[0]);
    write(FeatureRows.UPSERT, rows, first);
    assertThat(row("records", "device_features WHERE device_id = 'd'")).containsExactly(5, 0);
    write(FeatureRows.UPSERT, rows, with(first, 7).revised(2));
    assertThat(row("records", "device_features WHERE device_id = 'd'")).containsExactly(7, 2);
    write(FeatureRows.UPSERT, rows, first);
    write(FeatureRows.UPSERT, rows, with(first, 6).revised(1));
    assertThat(row("records", "device_features WHERE device_id = 'd'")).containsExactly(7, 2);
    write(FeatureRows.UPSERT, rows, with(first, 8).revised(2));
    assertThat(row("records", "device_features WHERE device_id = 'd'")).containsExactly(8, 2);
  }

  @Test
  void aLatencyRowIsOnlyReplacedByTheSameOrAHigherRevision() throws Exception {
    write(LatencyRows.UPSERT, LatencyRows::bind, latency("/e", 5).revised(1));
    assertThat(row("count", "api_latency_windows WHERE endpoint = '/e'")).containsExactly(5, 1);
    write(LatencyRows.UPSERT, LatencyRows::bind, latency("/e", 4));
    assertThat(row("count", "api_latency_windows WHERE endpoint = '/e'")).containsExactly(5, 1);
    write(LatencyRows.UPSERT, LatencyRows::bind, latency("/e", 6).revised(2));
    assertThat(row("count", "api_latency_windows WHERE endpoint = '/e'")).containsExactly(6, 2);
  }

  @Test
  void aRowTellsAllRecordsThoughFewerOfThemWereLateWhenReadAgain() throws Exception {
    FeatureRows rows = new FeatureRows(TelemetryModels.of(List.of()));
    FeatureVector read = new FeatureVector("m", "again", 0, 60_000, 5, new double[0]);
    write(FeatureRows.UPSERT, rows, read.revised(2), with(read, 6));
    assertThat(row("records", "device_features WHERE device_id = 'again'")).containsExactly(6, 0);
    LatencyWindow told = latency("/again", 5);
    write(LatencyRows.UPSERT, LatencyRows::bind, told.revised(2), latency("/again", 6));
    assertThat(row("count", "api_latency_windows WHERE endpoint = '/again'")).containsExactly(6, 0);
  }

  @Test
  void theHighestRevisionOfABatchIsStoredInWhateverOrder() throws Exception {
    FeatureRows rows = new FeatureRows(TelemetryModels.of(List.of()));
    FeatureVector told = new FeatureVector("m", "batch", 0, 60_000, 5, new double[0]);
    FeatureVector once = with(told, 6).revised(1);
    FeatureVector twice = with(told, 7).revised(2);
    write(FeatureRows.UPSERT, rows, told, once, twice, once, told);
    assertThat(row("records", "device_features WHERE device_id = 'batch'")).containsExactly(7, 2);
    LatencyWindow requests = latency("/batch", 5);
    LatencyWindow more = latency("/batch", 6).revised(1);
    write(LatencyRows.UPSERT, LatencyRows::bind, more, requests);
    assertThat(row("count", "api_latency_windows WHERE endpoint = '/batch'")).containsExactly(6, 1);
  }

  private static FeatureVector with(FeatureVector vector, long records) {
    return new FeatureVector(
        vector.model(),
        vector.deviceId(),
        vector.windowStartMs(),
        vector.windowEndMs(),
        records,
        vector.features());
  }

  private static LatencyWindow latency(String endpoint, long count) {
    return new LatencyWindow("s", endpoint, "GET", 0, 60_000, count, 1, 0, 0, 1, 1, 1, 1, 1, 1);
  }

  /** All values as one batch. */
  @SafeVarargs
  private static <T> void write(String sql, JdbcStatementBuilder<T> binder, T... values)
      throws SQLException {
    try (Connection connection = database.connection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      for (T value : values) {
        binder.accept(statement, value);
        statement.addBatch();
      }
      statement.executeBatch();
    }
  }

  private static int[] row(String count, String table) throws SQLException {
    try (Connection connection = database.connection();
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery("SELECT %s, revision FROM %s".formatted(count, table))) {
      assertThat(row.next()).isTrue();
      int[] values = {row.getInt(1), row.getInt(2)};
      assertThat(row.next()).as("one row a window").isFalse();
      return values;
    }
  }
}
