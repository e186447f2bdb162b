package io.tidewatch.jobs.sink.jdbc;

import java.sql.SQLException;

/**
 * What a database said, without what the driver puts around it: a failed batch comes with the
 * statement and the values of its first row, and with the reason behind it.
 *
 * @param code SQLState; empty where there is none
 * @param text one line
 */
record SqlReason(String code, String text) {

  static SqlReason of(SQLException failure) {
    String code = "";
    SQLException last = failure;
    for (SQLException each = failure; each != null; each = each.getNextException()) {
      String state = each.getSQLState();
      if (state != null && state.length() >= 2) {
        code = state;
      }
      last = each;
    }
    return new SqlReason(
        code, String.valueOf(last.getMessage()).strip().replaceAll("\\s*\\R\\s*", "; "));
  }
}
