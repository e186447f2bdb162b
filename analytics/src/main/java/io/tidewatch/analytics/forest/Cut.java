package io.tidewatch.analytics.forest;

/**
 * Where the range of a feature is cut: values below the threshold go left, the others right.
 *
 * <p>Thresholds lie on a grid of at least 4,096 steps over the range that is cut. Chance loses
 * nothing by that, and a threshold has half the bytes. They are also multiples of two units in the
 * last place, so that {@link #key} may drop the last bit: {@code x < threshold} exactly when {@code
 * key(x) < key(threshold)}.
 */
final class Cut {
  /** Steps of the grid over a range: 2^12 to 2^13. */
  private static final int GRID_BITS = 12;

  private Cut() {}

  /**
   * A threshold in ({@code min}, {@code max}], so that each side gets a value.
   *
   * @param min finite
   * @param max finite, &gt; {@code min}
   * @param share in [0, 1): where, uniform for a uniform cut
   * @return {@code NaN} when both are so close that no threshold parts them
   */
  static double between(double min, double max, double share) {
    double unit = unit(min, max);
    double threshold = Math.rint((min * (1 - share) + max * share) / unit) * unit;
    if (threshold <= min) {
      threshold = (Math.floor(min / unit) + 1) * unit;
    } else if (threshold > max) {
      threshold = Math.floor(max / unit) * unit;
      // a value below 0 by less than the quotient can tell
      threshold -= threshold > max ? unit : 0;
    }
    return threshold > min && threshold <= max ? threshold : Double.NaN;
  }

  /**
   * That threshold, rounded to the grid of the range.
   *
   * @param threshold from another engine
   * @return {@code NaN} when it would not part {@code min} from {@code max}
   */
  static double near(double threshold, double min, double max) {
    double unit = unit(min, max);
    double rounded = Math.rint(threshold / unit) * unit;
    return rounded > min && rounded <= max ? rounded : Double.NaN;
  }

  /** A power of two; halves keep the range of the widest columns finite. */
  private static double unit(double min, double max) {
    double grid = Math.scalb(1.0, Math.getExponent(max / 2 - min / 2) + 1 - GRID_BITS);
    return Math.max(grid, 2 * Math.ulp(Math.max(Math.abs(min), Math.abs(max))));
  }

  /**
   * A number that is ordered as the value is, between −2^62 and 2^62: two of them can be subtracted
   * without overflow, and the sign of the difference is the comparison. That needs no branch, which
   * a processor would guess wrong half of the time.
   *
   * @param value not {@code NaN}
   */
  static long key(double value) {
    long bits = Double.doubleToRawLongBits(value);
    long sign = bits >> 63;
    return (((bits & Long.MAX_VALUE) ^ sign) - sign) >> 1;
  }

  /** The threshold of a key. */
  static double threshold(long key) {
    long sign = key >> 63;
    return Double.longBitsToDouble((((key << 1) ^ sign) - sign) | (sign & Long.MIN_VALUE));
  }
}
