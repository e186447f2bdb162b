package io.tidewatch.benchmarks.detection.input;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoField;
import java.util.Locale;

/**
 * Times as NAB writes them: {@code 2014-04-10 16:15:00} in series, {@code 2014-04-10
 * 16:15:00.000000} in windows. They have no time zone and are taken for UTC, so that rows keep the
 * distances NAB sees.
 */
public final class NabTime {
  private static final DateTimeFormatter FORMAT =
      new DateTimeFormatterBuilder()
          .appendPattern("uuuu-MM-dd HH:mm:ss")
          .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
          .toFormatter(Locale.ROOT);

  private NabTime() {}

  /**
   * Milliseconds since 1970.
   *
   * @throws DateTimeParseException when it is no such time
   */
  static long parse(String text) {
    return LocalDateTime.parse(text.strip(), FORMAT).toInstant(ZoneOffset.UTC).toEpochMilli();
  }

  /** The text of a series' time, with a fraction only where there is one. */
  public static String format(long timeMs) {
    return FORMAT.format(LocalDateTime.ofInstant(Instant.ofEpochMilli(timeMs), ZoneOffset.UTC));
  }
}
