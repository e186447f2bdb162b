package io.tidewatch.jobs.sink.tdengine;

import io.tidewatch.jobs.sink.jdbc.BatchStore;
import io.tidewatch.jobs.sink.jdbc.BoundRow;
import io.tidewatch.jobs.sink.jdbc.Outcome;
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
 * The super tables of a stream in a database of TDengine. A batch is one statement a super table;
 * one that fails is written again, over what is there. What the driver says is not taken for
 * success: the server must have counted each row.
 */
public final class SuperTableStore<T> implements BatchStore<T> {
  private static final long serialVersionUID = 1;
  private static final int OUT_OF_RANGE = 0x60b;

  private final JdbcConnectionProvider connections;
  private final String database;
  private final SuperTables<T> tables;
  private final Map<String, RowStatement<T>> statements = new LinkedHashMap<>();
  private transient @Nullable Map<String, PreparedStatement> prepared;
  private transient @Nullable Connection connection;
  private transient @Nullable KeptRange kept;

  /**
   * @param database in letters, digits and underscores
   */
  public SuperTableStore(
      JdbcConnectionProvider connections, String database, SuperTables<T> tables) {
    this.connections = connections;
    this.database = database;
    this.tables = tables;
    for (SuperTable<T> each : tables.all()) {
      statements.put(each.name(), RowStatement.of(database, each, tables::tableOf));
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
    for (String superTable : statements.keySet()) {
      prepared(superTable); // fails where there is no such table, or another one
    }
  }

  @Override
  public void write(List<T> rows) throws SQLException {
    Map<String, List<T>> bySuperTable = new LinkedHashMap<>();
    for (T row : rows) {
      bySuperTable.computeIfAbsent(tables.superTableOf(row), none -> new ArrayList<>()).add(row);
    }
    for (Map.Entry<String, List<T>> each : bySuperTable.entrySet()) {
      write(each.getKey(), each.getValue());
    }
  }

  private void write(String superTable, List<T> rows) throws SQLException {
    PreparedStatement batch = prepared(superTable);
    try {
      RowStatement<T> statement = statement(superTable);
      for (T row : rows) {
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
      discard(superTable, e);
      throw e;
    }
  }

  /** After what a server refuses while values are bound, a statement refuses everything. */
  private void discard(String superTable, SQLException failure) {
    PreparedStatement dead = prepared == null ? null : prepared.remove(superTable);
    if (dead != null) {
      try {
        dead.close();
      } catch (SQLException e) {
        failure.addSuppressed(e);
      }
    }
  }

  private PreparedStatement prepared(String superTable) throws SQLException {
    if (prepared == null || connection == null) {
      throw new IllegalStateException(table() + ": not open");
    }
    PreparedStatement ready = prepared.get(superTable);
    if (ready == null) {
      ready = connection.prepareStatement(statement(superTable).sql());
      prepared.put(superTable, ready);
    }
    return ready;
  }

  private RowStatement<T> statement(String superTable) {
    RowStatement<T> statement = statements.get(superTable);
    if (statement == null) {
      throw new IllegalStateException("a row of a super table there is not: " + superTable);
    }
    return statement;
  }

  @Override
  public Outcome outcome(SQLException failure) {
    return TdengineCode.outcome(failure);
  }

  @Override
  public @Nullable SQLException refusal(T row) {
    KeptRange range = kept;
    return range == null || range.holds(tables.timeMsOf(row), Clock.systemUTC().millis())
        ? null
        : new SQLException(
            "Timestamp data out of range: the database keeps %s, in %s"
                .formatted(range.keep(), range.precision()),
            null,
            OUT_OF_RANGE);
  }

  @Override
  public RefusedRow describe(T row, SQLException reason) {
    String superTable = tables.superTableOf(row);
    RowStatement<T> statement = statement(superTable);
    return new RefusedRow(
        "tdengine",
        superTable,
        TdengineCode.text(reason),
        String.valueOf(reason.getMessage()),
        BoundRow.of(statement.names(), statement, row));
  }

  @Override
  public void disconnect() {
    prepared = null;
    connection = null;
    connections.closeConnection();
  }
}
