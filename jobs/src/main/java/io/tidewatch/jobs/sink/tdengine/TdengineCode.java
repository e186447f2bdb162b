package io.tidewatch.jobs.sink.tdengine;

import io.tidewatch.jobs.sink.jdbc.Outcome;
import java.sql.SQLException;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the code of an error of TDengine means. The driver has no SQLState; of prepared statements
 * and logins it tells the code in the text only.
 */
final class TdengineCode {
  private static final Pattern IN_TEXT = Pattern.compile("\\(0x([0-9a-fA-F]{1,8})\\)");

  /** A bad literal, a time out of range, a value too long, no time. */
  private static final Set<Integer> DATA = Set.of(0x216, 0x60b, 0x2653, 0x267b);

  /**
   * Login, database, table (two codes), syntax, column, no database named; a URL that the driver
   * does not take.
   */
  private static final Set<Integer> FATAL =
      Set.of(0x357, 0x388, 0x22b, 0x2603, 0x2600, 0x2602, 0x2616, 0x2303);

  private TdengineCode() {}

  /** 0 where there is none. */
  static int of(SQLException failure) {
    if (failure.getErrorCode() != 0) {
      return failure.getErrorCode();
    }
    Matcher code = IN_TEXT.matcher(String.valueOf(failure.getMessage()));
    return code.find() ? Integer.parseUnsignedInt(code.group(1), 16) : 0;
  }

  /**
   * Anything unknown is waited for: a cluster has many ways not to be ready, and no outage is
   * waited for without end.
   */
  static Outcome outcome(SQLException failure) {
    int code = of(failure);
    return DATA.contains(code)
        ? Outcome.DATA
        : FATAL.contains(code) ? Outcome.FATAL : Outcome.TRANSIENT;
  }

  static String text(SQLException failure) {
    int code = of(failure);
    return code == 0 ? "" : "0x" + Integer.toHexString(code);
  }
}
