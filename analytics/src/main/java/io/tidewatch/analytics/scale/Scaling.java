package io.tidewatch.analytics.scale;

/**
 * A value on the scale of the values it is one of. A value that is not finite is missing, {@code
 * NaN}, as it is everywhere here; so is one on the scale of values that do not differ, where a
 * scale is not defined.
 *
 * <p>Error: a few units in the last place of the greatest of the terms. {@code NaN} where a
 * difference of the bounds does not fit a double.
 */
public final class Scaling {

  private Scaling() {}

  /**
   * {@code a + (x − min) / (max − min) · (b − a)}: {@code min} becomes {@code a} and {@code max}
   * becomes {@code b}, exactly; what lies outside of them is as far outside.
   *
   * @param min finite
   * @param max finite, ≥ {@code min}
   * @param a finite
   * @param b finite, &gt; {@code a}
   * @throws IllegalArgumentException when they are not
   */
  public static double minMax(double x, double min, double max, double a, double b) {
    finite("min", min);
    finite("a", a);
    if (!(max >= min && max < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "max: must be finite and ≥ min, %s, was %s".formatted(min, max));
    }
    if (!(b > a && b < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("b: must be finite and > a, %s, was %s".formatted(a, b));
    }
    double part = (x - min) / (max - min);
    return finiteOrMissing(a * (1 - part) + b * part);
  }

  /**
   * {@code (x − mean) / std}: how many standard deviations the value lies above the mean.
   *
   * @param mean finite
   * @param std finite, ≥ 0
   * @throws IllegalArgumentException when they are not
   */
  public static double zScore(double x, double mean, double std) {
    finite("mean", mean);
    if (!(std >= 0 && std < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("std: must be finite and ≥ 0, was " + std);
    }
    // 0 / 0 is NaN already, and what differs from the mean of equal values infinite.
    return finiteOrMissing((x - mean) / std);
  }

  private static void finite(String name, double value) {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException(name + ": must be finite, was " + value);
    }
  }

  private static double finiteOrMissing(double value) {
    return Double.isFinite(value) ? value : Double.NaN;
  }
}
