package io.tidewatch.jobs.sink.tdengine;

import io.tidewatch.jobs.sink.jdbc.BatchStore;
import io.tidewatch.jobs.sink.jdbc.BoundRow;
import io.tidewatch.jobs.sink.jdbc.Outcome;
import io.tidewatch.schemas.event.DeviceTelemetry;
import io.tidewatch.schemas.model.TelemetryModel;
import io.tidewatch.schemas.model.TelemetryModels;
import io.tidewatch.schemas.reject.RefusedRow;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.connector.jdbc.datasource.connections.JdbcConnectionProvider;
import org.jspecify.annotations.Nullable;

/**
 * The super tables of a database of TDengine, one a model. A batch is one statement a model; one
 * that fails is written again, over what is there. What the driver says is not taken for success:
 * the server must have counted each row.
 */
public final class ReadingsStore implements BatchStore<DeviceTelemetry> {
  private static final long serialVersionUID = 1;
  private static final int OUT_OF_RANGE = 0x60b;

  private final JdbcConnectionProvider connections;
  private final String database;
  private final Map<String, ReadingStatement> statements = new LinkedHashMap<>();
  private transient @Nullable Map<String, PreparedStatement> prepared;
  private transient @Nullable Connection connection;
  private transient @Nullable KeptRange kept;

  /**
   * @param database in letters, digits and underscores
   */
  public ReadingsStore(
      JdbcConnectionProvider connections, String database, TelemetryModels models) {
    this.connections = connections;
    this.database = database;
    for (TelemetryModel model : models.all()) {
      statements.put(model.name(), ReadingStatement.of(database, model));
    }
  }

  @Override
  public String table() {
    return "TDengine " + database;
  }

  @Override
  public void open() throws SQLException {
    try {
      connection = connections.reestablishConnection();
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException("the driver is named in the code", e);
    }
    kept = KeptRange.of(connection, database);
    prepared = new HashMap<>();
    for (String model : statements.keySet()) {
      prepared(model); // fails where there is no such table, or another one
    }
  }

  @Override
  public void write(List<DeviceTelemetry> rows) throws SQLException {
    Map<String, List<DeviceTelemetry>> byModel = new LinkedHashMap<>();
    for (DeviceTelemetry row : rows) {
      byModel.computeIfAbsent(row.model(), none -> new ArrayList<>()).add(row);
    }
    for (Map.Entry<String, List<DeviceTelemetry>> each : byModel.entrySet()) {
      write(each.getKey(), each.getValue());
    }
  }

  private void write(String model, List<DeviceTelemetry> rows) throws SQLException {
    PreparedStatement batch = prepared(model);
    try {
      ReadingStatement statement = statement(model);
      for (DeviceTelemetry row : rows) {
        statement.accept(batch, row);
        batch.addBatch();
      }
      // one entry a table and time, and of those no two rows are alike
      int stored = batch.executeBatch().length;
      if (stored != rows.size()) {
        throw new SQLException(
            "the server told of %d rows out of %d: the connection is lost, or they are"
                .formatted(stored, rows.size()));
      }
    } catch (SQLException e) {
      discard(model, e);
      throw e;
    }
  }

  /** After what a server refuses while values are bound, a statement refuses everything. */
  private void discard(String model, SQLException failure) {
    PreparedStatement dead = prepared == null ? null : prepared.remove(model);
    if (dead != null) {
      try {
        dead.close();
      } catch (SQLException e) {
        failure.addSuppressed(e);
      }
    }
  }

  private PreparedStatement prepared(String model) throws SQLException {
    if (prepared == null || connection == null) {
      throw new IllegalStateException(table() + ": not open");
    }
    PreparedStatement ready = prepared.get(model);
    if (ready == null) {
      ready = connection.prepareStatement(statement(model).sql());
      prepared.put(model, ready);
    }
    return ready;
  }

  private ReadingStatement statement(String model) {
    ReadingStatement statement = statements.get(model);
    if (statement == null) {
      throw new IllegalStateException("a reading of a model there is not: " + model);
    }
    return statement;
  }

  @Override
  public Outcome outcome(SQLException failure) {
    return TdengineCode.outcome(failure);
  }

  @Override
  public @Nullable SQLException refusal(DeviceTelemetry row) {
    KeptRange range = kept;
    return range == null || range.holds(row.eventTimeMs(), Clock.systemUTC().millis())
        ? null
        : new SQLException(
            "Timestamp data out of range: the database keeps %s".formatted(range.keep()),
            null,
            OUT_OF_RANGE);
  }

  @Override
  public RefusedRow describe(DeviceTelemetry row, SQLException reason) {
    ReadingStatement statement = statement(row.model());
    return new RefusedRow(
        "tdengine",
        row.model(),
        TdengineCode.text(reason),
        String.valueOf(reason.getMessage()),
        BoundRow.of(statement.columns(), statement, row));
  }

  @Override
  public void disconnect() {
    prepared = null;
    connection = null;
    connections.closeConnection();
  }
}
