package io.tidewatch.jobs.sink.jdbc;

import java.io.IOException;
import java.sql.SQLException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientException;
import java.util.Set;

/** What a failed batch means for the rows in it. */
public enum Outcome {
  /** The database could not just now: the same rows again, later. */
  TRANSIENT,
  /** The database does not take one of the rows, now or later. */
  DATA,
  /** Nothing that waiting or leaving out a row would mend: table, column, privilege, password. */
  FATAL;

  /**
   * Classes of SQLState, its first two characters: 08 connection, 53 resources, 57 intervention of
   * an operator (shutdown, cancelled), 58 errors around the server.
   */
  private static final Set<String> TRANSIENT_CLASSES = Set.of("08", "53", "57", "58");

  /**
   * Serialization failure, completion unknown, deadlock; lock not available; read only, which a
   * standby is until it takes over.
   */
  private static final Set<String> TRANSIENT_STATES =
      Set.of("40001", "40003", "40P01", "55P03", "25006");

  /**
   * 21 cardinality, 22 data, 23 constraints, 54 limits of the server (a key too long for an index),
   * P0 raised by a trigger.
   */
  private static final Set<String> DATA_CLASSES = Set.of("21", "22", "23", "54", "P0");

  /**
   * Of a server that tells SQLStates, as PostgreSQL does. Without one it is the connection that
   * failed when an I/O error is among the causes; anything else is fatal, so that it is seen.
   */
  public static Outcome bySqlState(SQLException failure) {
    String state = SqlReason.of(failure).code();
    if (state.isEmpty()) {
      return isOfConnection(failure) ? TRANSIENT : FATAL;
    }
    String type = state.substring(0, 2);
    if (TRANSIENT_CLASSES.contains(type) || TRANSIENT_STATES.contains(state)) {
      return TRANSIENT;
    }
    return DATA_CLASSES.contains(type) ? DATA : FATAL;
  }

  private static boolean isOfConnection(SQLException failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof IOException
          || cause instanceof SQLTransientException
          || cause instanceof SQLRecoverableException) {
        return true;
      }
    }
    return false;
  }
}
