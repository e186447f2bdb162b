package io.tidewatch.schemas.dataset;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Statistics of the features of a range, not scaled: what {@code tidewatch features stats} answers.
 *
 * @param classes windows by label
 * @param features by name, at least one, in the order of the vectors
 * @param correlation of the features in their order
 */
public record FeatureSummary(
    FeatureMetadata metadata,
    ClassCounts classes,
    Map<String, ColumnSummary> features,
    Correlation correlation) {

  public FeatureSummary {
    features = Collections.unmodifiableMap(new LinkedHashMap<>(features));
    if (features.isEmpty()) {
      throw new IllegalArgumentException("features: must name at least one feature, was empty");
    }
    features.forEach((name, column) -> requireRows(name, column.rows(), metadata.windows()));
    requireRows("classes", classes.rows(), metadata.windows());
    if (correlation.size() != features.size()) {
      throw new IllegalArgumentException(
          "correlation: must be of %d features, was of %d"
              .formatted(features.size(), correlation.size()));
    }
  }

  private static void requireRows(String of, long rows, long expected) {
    if (rows != expected) {
      throw new IllegalArgumentException(
          "%s: must be of %d windows, was of %d".formatted(of, expected, rows));
    }
  }
}
