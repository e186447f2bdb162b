package io.tidewatch.benchmarks.detection.nab;

import java.util.Arrays;
import java.util.List;

/**
 * What it is worth to report each row of a series, before a profile weighs it.
 *
 * <p>In a window: from 1 for its first row, falling to nearly 0 for its last. Behind a window: a
 * little below 0, falling to −1 three windows' lengths later. Before all windows: −1. This is NAB's
 * scaled sigmoid, {@code 2 / (1 + e^(5x)) − 1}, where {@code x} is −1 at the first row of a window,
 * 0 just behind its last, and counts lengths of the window. The first {@value #PROBATION_PERCENT} %
 * of the rows, at most of {@value #PROBATION_ROWS} rows, are probation: they count for nothing.
 *
 * <p>Rounding is that of the formulas in NAB's {@code sweeper.py}, which are written the same way.
 * Memory: 12 bytes a row.
 */
final class RowWorth {
  /** The row lies in no window. */
  static final int NO_WINDOW = -1;

  static final int PROBATION_PERCENT = 15;

  /** Of longer series, probation is as long as of this many rows. */
  static final int PROBATION_ROWS = 5_000;

  /** Behind this many lengths of a window, a row is as false as any. */
  private static final double FAR = 3;

  /** How fast worth falls with the place in a window. */
  private static final double STEEPNESS = 5;

  private static final double FIRST_ROW = scaledSigmoid(-1);

  private final int probation;
  private final double[] worth;
  private final int[] window;
  private final boolean[] counts;

  RowWorth(int rows, List<LabelWindow> windows) {
    this.probation = probation(rows);
    this.worth = new double[rows];
    this.window = new int[rows];
    this.counts = new boolean[windows.size()];
    Arrays.fill(worth, -1);
    Arrays.fill(window, NO_WINDOW);
    for (int i = 0; i < windows.size(); i++) {
      LabelWindow each = windows.get(i);
      counts[i] = each.last() >= probation;
      for (int row = each.first(); row <= each.last(); row++) {
        double place = -(each.last() - row + 1) / (double) each.rows();
        worth[row] = scaledSigmoid(place) / FIRST_ROW;
        window[row] = i;
      }
      int next = i + 1 < windows.size() ? windows.get(i + 1).first() : rows;
      for (int row = each.last() + 1; row < next; row++) {
        worth[row] = scaledSigmoid((row - each.last()) / (double) (each.rows() - 1));
      }
    }
  }

  /** How many rows at the beginning count for nothing. */
  static int probation(int rows) {
    return Math.min(rows, PROBATION_ROWS) * PROBATION_PERCENT / 100;
  }

  static double scaledSigmoid(double place) {
    return place > FAR ? -1 : 2 * (1 / (1 + StrictMath.exp(STEEPNESS * place))) - 1;
  }

  /** The first row that counts. */
  int probation() {
    return probation;
  }

  int rows() {
    return worth.length;
  }

  /** 1 to −1. */
  double of(int row) {
    return worth[row];
  }

  /** Number of the window it lies in, from 0, or {@link #NO_WINDOW}. */
  int window(int row) {
    return window[row];
  }

  /** All that are labelled, also where they lie in probation. */
  int windows() {
    return counts.length;
  }

  /** Whether some row of the window counts. */
  boolean counts(int labelled) {
    return counts[labelled];
  }
}
