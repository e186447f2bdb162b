package io.tidewatch.analytics.detect;

import java.util.Arrays;

/**
 * How many rows a day has, from the median spacing of the first rows: gaps and repeats among them
 * do not matter. A day is the one season looked for; machines and people both keep it.
 */
final class DayLength {
  /** Rows it is learnt from; by then most devices have sent for minutes. */
  static final int ROWS = 64;

  /** Fewer are no shape of a day. */
  private static final int FEWEST = 4;

  private static final double DAY_MS = 86_400_000;

  private DayLength() {}

  /**
   * @param timesMs event times of the first rows, as they came
   * @return 0 where there is no day to speak of: fewer than {@value #FEWEST} rows, or more than are
   *     kept
   */
  static int rows(long[] timesMs) {
    long[] spacings = new long[timesMs.length - 1];
    for (int i = 0; i < spacings.length; i++) {
      spacings[i] = timesMs[i + 1] - timesMs[i];
    }
    Arrays.sort(spacings);
    long median = spacings[spacings.length / 2];
    if (median <= 0) {
      return 0;
    }
    double rows = Math.rint(DAY_MS / median);
    return rows < FEWEST || rows >= SeasonRows.MAX_ROWS - 1 ? 0 : (int) rows;
  }
}
