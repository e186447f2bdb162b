package io.tidewatch.analytics.model;

import java.time.Duration;

/**
 * The hours by which scores are kept, and which of them are the day of a row: the one that has not
 * ended, and the 24 before it. Event time, in milliseconds since the epoch; hours are those of UTC.
 */
public final class ScoreHours {
  private static final long HOUR_MS = Duration.ofHours(1).toMillis();
  private static final long DAY_MS = Duration.ofHours(24).toMillis();

  private ScoreHours() {}

  /** Start of the hour that a time is in; of times before 1970, too. */
  public static long startOf(long timeMs) {
    return Math.floorDiv(timeMs, HOUR_MS) * HOUR_MS;
  }

  /**
   * Whether an hour is of the day that the current one ends.
   *
   * @param hourMs its start
   * @param currentHourMs start of the hour that has not ended
   */
  public static boolean isOfDay(long hourMs, long currentHourMs) {
    return hourMs >= currentHourMs - DAY_MS;
  }
}
