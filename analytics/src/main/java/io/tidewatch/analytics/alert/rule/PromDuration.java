package io.tidewatch.analytics.alert.rule;

import io.tidewatch.schemas.codec.DetailLine;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Durations as Prometheus writes them: {@code 90s}, {@code 5m}, {@code 1h30m}, {@code 1d}, {@code
 * 500ms}, {@code 0}. Units from the greatest to the least, each at most once: {@code y} (365 days),
 * {@code w}, {@code d}, {@code h}, {@code m}, {@code s}, {@code ms}.
 */
public final class PromDuration {

  /**
   * A unit.
   *
   * @param symbol as it is written
   * @param ms its length
   * @param alone whether it is written only where it leaves no rest: 10d, not 1w3d, as Prometheus
   */
  private record Unit(String symbol, long ms, boolean alone) {}

  /** Greatest first; a year has 365 days, as in Prometheus. */
  private static final List<Unit> UNITS =
      List.of(
          new Unit("y", Duration.ofDays(365).toMillis(), true),
          new Unit("w", Duration.ofDays(7).toMillis(), true),
          new Unit("d", Duration.ofDays(1).toMillis(), false),
          new Unit("h", Duration.ofHours(1).toMillis(), false),
          new Unit("m", Duration.ofMinutes(1).toMillis(), false),
          new Unit("s", Duration.ofSeconds(1).toMillis(), false),
          new Unit("ms", 1, false));

  /** Seven digits: years beyond any, milliseconds far from overflow. */
  private static final Pattern TEXT =
      Pattern.compile(
          "(?:(\\d{1,7})y)?(?:(\\d{1,7})w)?(?:(\\d{1,7})d)?(?:(\\d{1,7})h)?"
              + "(?:(\\d{1,7})m)?(?:(\\d{1,7})s)?(?:(\\d{1,7})ms)?");

  private PromDuration() {}

  /**
   * Reads a duration.
   *
   * @throws IllegalArgumentException when the text is none
   */
  public static Duration parse(String text) {
    if (text.equals("0")) {
      return Duration.ZERO;
    }
    Matcher parts = TEXT.matcher(text);
    if (text.isEmpty() || !parts.matches()) {
      throw new IllegalArgumentException(
          "must be a duration such as 5m or 1h30m, was " + DetailLine.quoted(text));
    }
    long ms = 0;
    for (int i = 0; i < UNITS.size(); i++) {
      String number = parts.group(i + 1);
      ms += number == null ? 0 : Long.parseLong(number) * UNITS.get(i).ms();
    }
    return Duration.ofMillis(ms);
  }

  /** Writes a duration, in milliseconds if it must be; what {@link #parse} reads. */
  public static String format(Duration duration) {
    long ms = duration.toMillis();
    if (ms == 0) {
      return "0s";
    }
    StringBuilder text = new StringBuilder();
    for (Unit unit : UNITS) {
      boolean fits = !unit.alone() || ms % unit.ms() == 0;
      if (fits && ms >= unit.ms()) {
        text.append(ms / unit.ms()).append(unit.symbol());
        ms %= unit.ms();
      }
    }
    return text.toString();
  }
}
