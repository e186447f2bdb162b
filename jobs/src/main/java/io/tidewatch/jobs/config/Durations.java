package io.tidewatch.jobs.config;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.regex.Pattern;

/** Durations as ISO 8601 ({@code PT1M30S}) or as Prometheus writes them ({@code 1m30s}). */
public final class Durations {
  private static final Pattern PROMETHEUS =
      Pattern.compile("(?=.)(?:\\d+d)?(?:\\d+h)?(?:\\d+m)?(?:\\d+s)?");

  private Durations() {}

  /**
   * @throws DateTimeParseException when it is neither
   */
  public static Duration parse(String text) {
    if (!PROMETHEUS.matcher(text).matches()) {
      return Duration.parse(text);
    }
    int day = text.indexOf('d') + 1;
    String time = text.substring(day).toUpperCase(Locale.ROOT);
    return Duration.parse("P" + text.substring(0, day) + (time.isEmpty() ? "" : "T" + time));
  }
}
