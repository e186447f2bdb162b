package io.tidewatch.analytics.detect;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * Whether a row goes beyond everything the series has shown, in four views: the value, its mean of
 * 15 rows, the residual and its mean of two hours. How far it must go differs: a value is what it
 * is, but a mean or a residual that is a little further out than ever is what time brings.
 *
 * <p>Memory: four times {@link SeenValues}.
 */
final class Novelty {
  /** Number of views. */
  static final int VIEWS = 4;

  static final int MEAN_ROWS = 15;

  /** Shares of the range seen that count as beyond. */
  private static final double[] MARGINS = {0.02, 0.10, 0.10, 0.05};

  private final SeenValues[] seen = new SeenValues[VIEWS];
  private double gap;
  private double excess;

  Novelty() {
    Arrays.setAll(seen, i -> new SeenValues());
  }

  /**
   * Judges the last row of a series, then learns it. Residuals are judged once there is a day of
   * them: those before it are of a forecast that was only learning.
   */
  void judge(SeriesViews views, int row) {
    boolean forecasts = views.rows() > Math.max(30, views.day());
    gap = seen[0].gap(views.value());
    excess = 0;
    judge(0, views.value(), row);
    judge(1, views.mean(MEAN_ROWS), row);
    if (forecasts) {
      judge(2, views.residual(1), row);
      judge(3, views.slowResidual(), row);
    }
  }

  private void judge(int view, double number, int row) {
    excess = Math.max(excess, seen[view].beyond(number) / MARGINS[view]);
    seen[view].add(number, row);
  }

  /** Distance of the value from the nearest one ever seen, in units of the range seen. */
  double gap() {
    return gap;
  }

  /** How far beyond all that was seen, in units of what counts as beyond; the most of the views. */
  double excess() {
    return excess;
  }

  void forget(int before) {
    for (SeenValues each : seen) {
      each.forget(before);
    }
  }

  void write(DataOutput out, int now) throws IOException {
    for (SeenValues each : seen) {
      each.write(out, now);
    }
  }

  void read(DataInput in, int now) throws IOException {
    for (int i = 0; i < VIEWS; i++) {
      seen[i] = SeenValues.read(in, now);
    }
  }
}
