package io.tidewatch.benchmarks.detection;

/** A value outside everything seen so far. The first value is outside nothing. */
final class RangeDetector implements RowDetector {
  /** Of the range so far; what lies outside by less may be its edge. */
  private static final double MARGIN = 0.02;

  /** How long one report speaks for what follows. */
  private static final int SILENT_ROWS = 10;

  private double min = Double.POSITIVE_INFINITY;
  private double max = Double.NEGATIVE_INFINITY;
  private int silent;

  @Override
  public double next(long timeMs, double value) {
    boolean ready = silent == 0;
    silent = Math.max(0, silent - 1);
    if (Double.isNaN(value)) {
      return 0;
    }
    double margin = MARGIN * (max - min);
    boolean outside = min <= max && (value > max + margin || value < min - margin);
    min = Math.min(min, value);
    max = Math.max(max, value);
    if (!outside || !ready) {
      return 0;
    }
    silent = SILENT_ROWS;
    return 1;
  }
}
