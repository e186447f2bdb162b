package io.tidewatch.jobs.sink.jdbc;

import io.tidewatch.schemas.reject.RefusedRow;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.connector.jdbc.JdbcStatementBuilder;
import org.apache.flink.connector.jdbc.datasource.connections.JdbcConnectionProvider;
import org.jspecify.annotations.Nullable;

/** A table of PostgreSQL or TimescaleDB: a batch is one transaction. */
public final class PostgresStore<T> implements BatchStore<T> {
  private static final long serialVersionUID = 1;

  /** What a user needs for an upsert that looks at the row it replaces. */
  private static final String MISSING_PRIVILEGE =
      """
      SELECT privilege
      FROM unnest(ARRAY['INSERT', 'UPDATE', 'SELECT']) privilege
      WHERE NOT has_table_privilege(to_regclass(?), privilege)
      """;

  /** Function of the migrations: background jobs of TimescaleDB that are not well. */
  private static final String AILING_JOBS =
      """
      SELECT job || ' ' || problem
      FROM tidewatch_ailing_jobs()
      WHERE to_regclass(quote_ident(hypertable)) = to_regclass(?)
      """;

  private static final String INSUFFICIENT_PRIVILEGE = "42501";

  private final JdbcConnectionProvider connections;
  private final UpsertStatement upsert;
  private final JdbcStatementBuilder<T> binder;
  private transient @Nullable PreparedStatement batch;

  /**
   * @param sql {@code INSERT INTO table (column, …) VALUES (?, …) ON CONFLICT …}
   * @param binder sets the parameters of one row
   */
  public PostgresStore(
      JdbcConnectionProvider connections, String sql, JdbcStatementBuilder<T> binder) {
    this.connections = connections;
    this.upsert = UpsertStatement.of(sql);
    this.binder = binder;
  }

  @Override
  public String table() {
    return upsert.table();
  }

  @Override
  public void open() throws SQLException {
    Connection connection;
    try {
      connection = connections.reestablishConnection();
    } catch (ClassNotFoundException e) {
      throw new SQLException("the driver is not on the class path: " + e.getMessage(), e);
    }
    connection.setAutoCommit(false);
    requireColumns(connection);
    requirePrivileges(connection);
    connection.commit();
    batch = connection.prepareStatement(upsert.sql());
  }

  /** The server reads the statement, and finds out what of it is not there. */
  private void requireColumns(Connection connection) throws SQLException {
    try (PreparedStatement asked = connection.prepareStatement(upsert.sql())) {
      int parameters = asked.getParameterMetaData().getParameterCount();
      if (parameters != upsert.columns().size()) {
        throw new IllegalStateException(
            "%s: must have a parameter a column, %d, had %d"
                .formatted(upsert.sql(), upsert.columns().size(), parameters));
      }
    }
  }

  private void requirePrivileges(Connection connection) throws SQLException {
    try (PreparedStatement asked = connection.prepareStatement(MISSING_PRIVILEGE)) {
      asked.setString(1, upsert.table());
      try (ResultSet missing = asked.executeQuery()) {
        if (missing.next()) {
          throw new SQLException(
              "the user must have INSERT, UPDATE and SELECT on %s, has no %s"
                  .formatted(upsert.table(), missing.getString(1)),
              INSUFFICIENT_PRIVILEGE);
        }
      }
    }
  }

  @Override
  public void write(List<T> rows) throws SQLException {
    PreparedStatement statement = batch;
    if (statement == null) {
      throw new IllegalStateException(upsert.table() + ": not open");
    }
    try {
      for (T row : rows) {
        binder.accept(statement, row);
        statement.addBatch();
      }
      statement.executeBatch();
      statement.getConnection().commit();
    } catch (SQLException e) {
      undo(statement, e);
      throw e;
    }
  }

  /** Background jobs of TimescaleDB that should compress the table or end its rows and do not. */
  @Override
  public List<String> ailments() throws SQLException {
    PreparedStatement statement = batch;
    if (statement == null) {
      throw new IllegalStateException(upsert.table() + ": not open");
    }
    try (PreparedStatement asked = statement.getConnection().prepareStatement(AILING_JOBS)) {
      asked.setString(1, upsert.table());
      List<String> ailments = new ArrayList<>();
      try (ResultSet jobs = asked.executeQuery()) {
        while (jobs.next()) {
          ailments.add(jobs.getString(1));
        }
      }
      statement.getConnection().commit();
      return ailments;
    } catch (SQLException e) {
      undo(statement, e);
      throw e;
    }
  }

  /** Ready for the next batch; where that does not work, that batch will tell. */
  private static void undo(PreparedStatement statement, SQLException failure) {
    try {
      statement.clearBatch();
      statement.getConnection().rollback();
    } catch (SQLException e) {
      failure.addSuppressed(e);
    }
  }

  @Override
  public Outcome outcome(SQLException failure) {
    return Outcome.bySqlState(failure);
  }

  @Override
  public @Nullable SQLException refusal(T row) {
    return null;
  }

  @Override
  public RefusedRow describe(T row, SQLException reason) {
    SqlReason said = SqlReason.of(reason);
    return new RefusedRow(
        "postgresql",
        upsert.table(),
        said.code(),
        said.text(),
        BoundRow.of(upsert.columns(), binder, row));
  }

  @Override
  public void disconnect() {
    batch = null;
    connections.closeConnection();
  }
}
