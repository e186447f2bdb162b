package io.tidewatch.benchmarks.detection;

/**
 * How much is done.
 *
 * @param halves how often series are parted into halves for cross-validation
 * @param seeds forests a set of rows
 * @param small only the shortest series of each group, one server, two of its metrics
 */
record DetectionPlan(int halves, int seeds, boolean small) {
  /** Of the halves, and the first of the forests. */
  static final long SEED = 1;

  static DetectionPlan of(boolean quick) {
    return quick ? new DetectionPlan(2, 2, true) : new DetectionPlan(20, 10, false);
  }
}
