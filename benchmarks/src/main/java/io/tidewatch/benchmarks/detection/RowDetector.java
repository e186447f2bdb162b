package io.tidewatch.benchmarks.detection;

/**
 * A detector of one series, fed row by row: what it says of a row, it says knowing that row and
 * those before. One object is for one series.
 */
@FunctionalInterface
interface RowDetector {

  /**
   * Takes the next row.
   *
   * @param timeMs milliseconds since 1970; may repeat or go back
   * @param value {@code NaN} where it is missing
   * @return how anomalous the row is after all that the detector does to its alerts, 0 to 1
   */
  double next(long timeMs, double value);

  /**
   * How anomalous the row that was taken last is before anything is decided of it, 0 to 1: where
   * rows are ranked, what was said a moment ago counts as much.
   *
   * @param score what {@link #next} said of it
   */
  default double surprise(double score) {
    return score;
  }
}
