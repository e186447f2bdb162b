package io.tidewatch.schemas.scale;

/**
 * What was seen of one feature, in its unit; missing values do not count.
 *
 * @param count how many values; 0 for a feature that was never seen
 * @param min least value; {@code NaN} without a value
 * @param max greatest value; {@code NaN} without a value
 * @param mean arithmetic mean, from {@code min} to {@code max}; {@code NaN} without a value
 * @param std standard deviation of the population (divided by n), at least 0; {@code NaN} without a
 *     value
 */
public record FeatureStatistics(long count, double min, double max, double mean, double std) {

  /** Of a feature that was never seen. */
  public static final FeatureStatistics NEVER_SEEN =
      new FeatureStatistics(0, Double.NaN, Double.NaN, Double.NaN, Double.NaN);

  public FeatureStatistics {
    if (count < 0) {
      throw new IllegalArgumentException("count: must be ≥ 0, was " + count);
    }
    if (count == 0) {
      requireNone("min", min);
      requireNone("max", max);
      requireNone("mean", mean);
      requireNone("std", std);
    } else {
      requireFinite("min", min);
      requireFinite("max", max);
      if (max < min) {
        throw new IllegalArgumentException("max: must be ≥ min (%s), was %s".formatted(min, max));
      }
      if (!(mean >= min && mean <= max)) {
        throw new IllegalArgumentException(
            "mean: must be from min (%s) to max (%s), was %s".formatted(min, max, mean));
      }
      requireFinite("std", std);
      if (std < 0) {
        throw new IllegalArgumentException("std: must be ≥ 0, was " + std);
      }
    }
  }

  private static void requireNone(String key, double value) {
    if (!Double.isNaN(value)) {
      throw new IllegalArgumentException(key + ": must be null with count 0, was " + value);
    }
  }

  private static void requireFinite(String key, double value) {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException(key + ": must be finite, was " + value);
    }
  }
}
