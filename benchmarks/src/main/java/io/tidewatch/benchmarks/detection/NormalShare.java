package io.tidewatch.benchmarks.detection;

/**
 * What the forest of the anomaly job flagged with one margin of its threshold.
 *
 * @param data of which rows
 * @param margin of the threshold
 * @param trained models meanwhile
 * @param normal rows that are known to be normal, or that nobody labelled, and were scored
 * @param flagged how many of them
 * @param episodes of them: flagged windows before which none was for as long as a window is
 * @param anomalous rows that are known to be, and were scored
 * @param found how many of them
 */
record NormalShare(
    String data,
    double margin,
    int trained,
    long normal,
    long flagged,
    long episodes,
    long anomalous,
    long found) {

  /** Share of the normal rows that were flagged, 0 to 1. */
  double falseShare() {
    return normal == 0 ? 0 : (double) flagged / normal;
  }

  /** Episodes a normal row, 0 to 1: alerts, where each episode is one. */
  double alertShare() {
    return normal == 0 ? 0 : (double) episodes / normal;
  }
}
