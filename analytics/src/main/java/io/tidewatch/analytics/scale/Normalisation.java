package io.tidewatch.analytics.scale;

/**
 * The two scales of a value, the same in the stream, in training sets and in SQL. The edges are
 * those of scikit-learn (reference of StandardScaler and MinMaxScaler; user guide, "Preprocessing
 * data"): values without spread are divided by 1, so that the constant becomes 0, or {@code lower},
 * and another value keeps its distance. What is not finite, or becomes so, is missing, {@code NaN}.
 */
public final class Normalisation {

  private Normalisation() {}

  /**
   * {@code lower + (x − min) / (max − min) · (upper − lower)}: {@code min} becomes {@code lower}
   * and {@code max} becomes {@code upper}, exactly. Values beyond are not clipped; those between
   * never lie beyond.
   *
   * @param min finite
   * @param max finite, ≥ {@code min}
   * @param lower finite
   * @param upper finite, &gt; {@code lower}
   * @throws IllegalArgumentException when they are not
   */
  public static double minMax(double x, double min, double max, double lower, double upper) {
    requireFinite("min", min);
    requireFinite("lower", lower);
    if (!(max >= min && max < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "max: must be finite and ≥ min, %s, was %s".formatted(min, max));
    }
    if (!(upper > lower && upper < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "upper: must be finite and > lower, %s, was %s".formatted(lower, upper));
    }
    return scale(x, min, divisor(max - min), lower, upper);
  }

  /**
   * {@code (x − mean) / std}: how many standard deviations the value lies above the mean.
   *
   * @param mean finite
   * @param std finite, ≥ 0
   * @throws IllegalArgumentException when they are not
   */
  public static double zScore(double x, double mean, double std) {
    requireFinite("mean", mean);
    if (!(std >= 0 && std < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("std: must be finite and ≥ 0, was " + std);
    }
    return scale(x, mean, divisor(std));
  }

  /** What a difference is divided by: the spread of the values, 1 where they have none. */
  static double divisor(double spread) {
    return spread == 0 ? 1 : spread;
  }

  static double scale(double x, double center, double divisor) {
    return finite((x - center) / divisor);
  }

  static double scale(double x, double center, double divisor, double lower, double upper) {
    double share = (x - center) / divisor;
    double value = Math.fma(share, upper - lower, lower);
    // the width is rounded, so a share up to 1 might end beside upper
    return finite(share == 1 || (share < 1 && value > upper) ? upper : value);
  }

  static double finite(double value) {
    return Double.isFinite(value) ? value : Double.NaN;
  }

  private static void requireFinite(String name, double value) {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException(name + ": must be finite, was " + value);
    }
  }
}
