package io.tidewatch.jobs.sink.jdbc;

import io.tidewatch.schemas.reject.RefusedRow;
import java.io.Serializable;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One table of one database, as the writer sees it. Each subtask has its own; one thread uses it.
 *
 * @param <T> rows
 */
public interface BatchStore<T> extends Serializable {

  /** The table, for people. */
  String table();

  /**
   * Connects, and looks whether rows can be written at all.
   *
   * @throws SQLException when they cannot; what was opened is closed by {@link #disconnect()}
   */
  void open() throws SQLException;

  /**
   * Stores rows of different keys, each over the one of its key.
   *
   * @throws SQLException unless the database has said that it has them all; those it may have
   *     nevertheless are written again
   */
  void write(List<T> rows) throws SQLException;

  /**
   * What does not keep rows from being stored, but should be mended; lines for people.
   *
   * @throws SQLException when that cannot be told now; the next {@link #write} works nevertheless,
   *     or tells
   */
  default List<String> ailments() throws SQLException {
    return List.of();
  }

  /** What a failure of {@link #open()} or {@link #write} means. */
  Outcome outcome(SQLException failure);

  /** Why the database would not take the row, where that is known before it is asked; or null. */
  @Nullable SQLException refusal(T row);

  /** The row as it is told to people who look after what was refused. */
  RefusedRow describe(T row, SQLException reason);

  /** Gives the connection up, without writing and without an exception. */
  void disconnect();
}
