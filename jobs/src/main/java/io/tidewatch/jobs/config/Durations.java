package io.tidewatch.jobs.config;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.regex.Pattern;

/** Durations as ISO 8601 ({@code PT1M30S}) or as Prometheus writes them ({@code 1m30s}). */
public final class Durations {
  private static final Pattern PROMETHEUS =
      Pattern.compile("(?=.)(?:\\d+d)?(?:\\d+h)?(?:\\d+m)?(?:\\d+s)?");

  /** A hundred years: event times and durations add up without overflow. */
  static final Duration LONGEST = Duration.ofDays(36_500);

  private Durations() {}

  /**
   * @throws DateTimeParseException when it is neither, or too long
   */
  public static Duration parse(String text) {
    Duration duration = Duration.parse(isPrometheus(text) ? iso(text) : text);
    if (duration.compareTo(LONGEST) > 0 || duration.compareTo(LONGEST.negated()) < 0) {
      throw new DateTimeParseException("longer than " + LONGEST, text, 0);
    }
    return duration;
  }

  private static boolean isPrometheus(String text) {
    return PROMETHEUS.matcher(text).matches();
  }

  private static String iso(String text) {
    int day = text.indexOf('d') + 1;
    String time = text.substring(day).toUpperCase(Locale.ROOT);
    return "P" + text.substring(0, day) + (time.isEmpty() ? "" : "T" + time);
  }
}
