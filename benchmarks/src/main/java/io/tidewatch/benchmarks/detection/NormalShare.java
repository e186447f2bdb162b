package io.tidewatch.benchmarks.detection;

/**
 * What the forest of the anomaly job flagged with one margin of its threshold.
 *
 * @param data of which rows
 * @param margin of the threshold
 * @param trained models meanwhile
 * @param normal rows that are known to be normal, or that nobody labelled, and were scored
 * @param flagged how many of them are beyond the threshold
 * @param alerts of them: those that people are told of
 * @param anomalous rows that are known to be, and were scored
 * @param found how many of them
 */
record NormalShare(
    String data,
    double margin,
    int trained,
    long normal,
    long flagged,
    long alerts,
    long anomalous,
    long found) {

  /** Share of the normal rows that were flagged, 0 to 1. */
  double falseShare() {
    return normal == 0 ? 0 : (double) flagged / normal;
  }

  /** Share of the normal rows that people are told of, 0 to 1. */
  double alertShare() {
    return normal == 0 ? 0 : (double) alerts / normal;
  }
}
