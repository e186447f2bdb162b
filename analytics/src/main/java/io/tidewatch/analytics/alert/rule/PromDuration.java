package io.tidewatch.analytics.alert.rule;

import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Durations as Prometheus writes them: {@code 90s}, {@code 5m}, {@code 1h30m}, {@code 1d}, {@code
 * 500ms}, {@code 0}. Units from the greatest to the least, each at most once: {@code y} (365 days),
 * {@code w}, {@code d}, {@code h}, {@code m}, {@code s}, {@code ms}.
 */
public final class PromDuration {
  /** Greatest first; a year has 365 days, as in Prometheus. */
  private enum Unit {
    Y(Duration.ofDays(365)),
    W(Duration.ofDays(7)),
    D(Duration.ofDays(1)),
    H(Duration.ofHours(1)),
    M(Duration.ofMinutes(1)),
    S(Duration.ofSeconds(1)),
    MS(Duration.ofMillis(1));

    private final long ms;

    Unit(Duration length) {
      this.ms = length.toMillis();
    }

    String symbol() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

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
          "must be a duration such as 5m or 1h30m, was '" + text + "'");
    }
    long ms = 0;
    for (Unit unit : Unit.values()) {
      String number = parts.group(unit.ordinal() + 1);
      ms += number == null ? 0 : Long.parseLong(number) * unit.ms;
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
    for (Unit unit : Unit.values()) {
      // As Prometheus: 10d and not 1w3d, 400d and not 1y5w.
      boolean whole = unit.ordinal() > Unit.W.ordinal() || ms % unit.ms == 0;
      if (whole && ms >= unit.ms) {
        text.append(ms / unit.ms).append(unit.symbol());
        ms %= unit.ms;
      }
    }
    return text.toString();
  }
}
