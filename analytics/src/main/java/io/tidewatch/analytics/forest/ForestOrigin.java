package io.tidewatch.analytics.forest;

import java.util.List;

/**
 * Where a forest comes from.
 *
 * @param engine that grew it
 * @param settings with which it was grown
 * @param features of its rows, in their order
 * @param rows from which samples were drawn
 * @param constants for each feature the one value it always had in these rows, {@code NaN} where
 *     there is none; see {@link TrainingRows#constants}
 */
record ForestOrigin(
    String engine, ForestSettings settings, List<String> features, int rows, double[] constants) {

  /** Rows of each tree. */
  int sampleRows() {
    return Math.min(rows, settings.sampleRows());
  }
}
