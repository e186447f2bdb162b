package io.tidewatch.jobs.sink.tdengine;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which times a database of TDengine takes: a row of another one is refused, and all of its batch
 * with it.
 *
 * @param keep the longest of its levels of storage
 * @param precision of its times: {@code ms}, {@code us} or {@code ns}
 */
record KeptRange(Duration keep, String precision) {
  private static final Pattern LENGTH = Pattern.compile("(\\d+)([dhm]?)");
  private static final int NO_DATABASE = 0x388;

  /**
   * Asks the server.
   *
   * @param database its name, in letters, digits and underscores
   */
  static KeptRange of(Connection connection, String database) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT `precision`, `keep` FROM information_schema.ins_databases WHERE `name` = '%s'"
                    .formatted(database))) {
      if (!row.next()) {
        throw new SQLException("Database not exist: " + database, null, NO_DATABASE);
      }
      return new KeptRange(keep(row.getString(2)), row.getString(1));
    }
  }

  /** As the server writes it: {@code 3650d,3650d,3650d}; a number alone is of days. */
  static Duration keep(String text) {
    Duration longest = Duration.ZERO;
    for (String level : text.split(",", -1)) {
      Matcher length = LENGTH.matcher(level.strip());
      if (!length.matches()) {
        throw new IllegalStateException(
            "keep: must be lengths such as 3650d or 5256000m, was '%s'".formatted(text));
      }
      long number = Long.parseLong(length.group(1));
      Duration kept =
          switch (length.group(2)) {
            case "m" -> Duration.ofMinutes(number);
            case "h" -> Duration.ofHours(number);
            default -> Duration.ofDays(number);
          };
      longest = kept.compareTo(longest) > 0 ? kept : longest;
    }
    return longest;
  }

  /**
   * @param timeMs of a row, milliseconds since the epoch
   * @param nowMs wall clock, likewise
   */
  boolean holds(long timeMs, long nowMs) {
    return timeMs >= nowMs - keep.toMillis() && timeMs <= latestMs();
  }

  /** Times are 64 bits of the precision: in nanoseconds they end in 2262. */
  private long latestMs() {
    return switch (precision) {
      case "us" -> TimeUnit.MICROSECONDS.toMillis(Long.MAX_VALUE);
      case "ns" -> TimeUnit.NANOSECONDS.toMillis(Long.MAX_VALUE);
      default -> Long.MAX_VALUE;
    };
  }
}
