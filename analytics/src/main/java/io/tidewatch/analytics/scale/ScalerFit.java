package io.tidewatch.analytics.scale;

import io.tidewatch.analytics.exact.ExactMoments;
import io.tidewatch.schemas.scale.FeatureStatistics;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Statistics of the features of rows, for a scaler. Which rows these are is the caller's business:
 * those of training and no others, or validation says too much.
 *
 * <p>Exact, and rounded once when told: the same rows give the same statistics bit for bit, in
 * whatever order they come and however they were grouped and merged. Mean and deviation are within
 * one unit in the last place.
 *
 * <p>Memory: 96 bytes a feature of usual values, see {@link ExactMoments}; it does not grow with
 * the rows. Mutable, not for several threads.
 */
public final class ScalerFit {
  private final List<String> features;
  private final ExactMoments moments;
  private final double[] min;
  private final double[] max;

  /**
   * Without rows.
   *
   * @param features their names, in the order of the rows
   */
  public ScalerFit(List<String> features) {
    this.features = List.copyOf(features);
    this.moments = ExactMoments.ofSumsAndSquares(features.size());
    this.min = new double[features.size()];
    this.max = new double[features.size()];
    Arrays.fill(min, Double.POSITIVE_INFINITY);
    Arrays.fill(max, Double.NEGATIVE_INFINITY);
  }

  /**
   * Adds one row.
   *
   * @param row one value a feature; one that is not finite is missing and does not count
   * @throws IllegalArgumentException when it has another number of values
   */
  public void add(double[] row) {
    if (row.length != features.size()) {
      throw new IllegalArgumentException(
          "row: must have one value a feature (%d), had %d".formatted(features.size(), row.length));
    }
    moments.add(row);
    for (int i = 0; i < row.length; i++) {
      if (Double.isFinite(row[i])) {
        min[i] = Math.min(min[i], row[i]);
        max[i] = Math.max(max[i], row[i]);
      }
    }
  }

  /**
   * Adds the rows of another, which stays as it is.
   *
   * @throws IllegalArgumentException when it is of other features
   */
  public void merge(ScalerFit from) {
    if (!from.features.equals(features)) {
      throw new IllegalArgumentException(
          "features: must be %s, were %s".formatted(features, from.features));
    }
    moments.merge(from.moments);
    for (int i = 0; i < min.length; i++) {
      min[i] = Math.min(min[i], from.min[i]);
      max[i] = Math.max(max[i], from.max[i]);
    }
  }

  /** The statistics by the name of the feature, in the order of the rows. */
  public Map<String, FeatureStatistics> statistics() {
    Map<String, FeatureStatistics> statistics = new LinkedHashMap<>();
    for (int i = 0; i < min.length; i++) {
      long count = moments.count(i);
      statistics.put(
          features.get(i),
          count == 0
              ? FeatureStatistics.NEVER_SEEN
              : new FeatureStatistics(
                  count, min[i], max[i], moments.mean(i), moments.populationDeviation(i)));
    }
    return statistics;
  }
}
