package io.tidewatch.schemas.scale;

import java.util.Map;

/**
 * Versioned statistics of the features of a model, and the method by which they normalise.
 *
 * @param model name of the telemetry model
 * @param version names these statistics in each row they scaled: given by whoever fitted them, or
 *     the hash of their content; not empty
 * @param scaling the method
 * @param features statistics by the name of the feature, at least one; what is not in it is never
 *     seen
 */
public record Scaler(
    String model, String version, Scaling scaling, Map<String, FeatureStatistics> features) {

  public Scaler {
    if (model.isEmpty()) {
      throw new IllegalArgumentException("model: must be the name of a model, was empty");
    }
    if (version.isEmpty()) {
      throw new IllegalArgumentException("version: must be text, was empty");
    }
    if (features.isEmpty()) {
      throw new IllegalArgumentException("features: must name at least one feature, was empty");
    }
    features = Map.copyOf(features);
    if (scaling instanceof Scaling.MinMax) {
      features.forEach(Scaler::requireRange);
    }
  }

  /** The statistics of a feature. */
  public FeatureStatistics of(String feature) {
    return features.getOrDefault(feature, FeatureStatistics.NEVER_SEEN);
  }

  private static void requireRange(String feature, FeatureStatistics statistics) {
    if (Double.isInfinite(statistics.max() - statistics.min())) {
      throw new IllegalArgumentException(
          "features.%s.max: must be less than 1.8e308 above min (%s) for min_max, was %s"
              .formatted(feature, statistics.min(), statistics.max()));
    }
  }
}
