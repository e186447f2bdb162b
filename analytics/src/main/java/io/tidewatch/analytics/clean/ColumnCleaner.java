package io.tidewatch.analytics.clean;

import io.tidewatch.analytics.exact.ExactMoments;
import io.tidewatch.analytics.exact.OrderStatistics;
import io.tidewatch.schemas.model.Cleaning;
import io.tidewatch.schemas.model.MissingValues;
import io.tidewatch.schemas.model.OutlierRule;
import java.util.Arrays;

/**
 * Cleans the values of one field in one window: finds outliers among those that are present, does
 * with them what the {@link Cleaning} says, and then puts values where they are missing. What is
 * put in place is made of the values that are there after the outliers were dealt with, never of
 * other windows.
 *
 * <p>Mean and deviation are exact sums rounded once ({@link ExactMoments}), quantiles as in {@link
 * OrderStatistics}. A bound that does not fit a double is infinite, and nothing is beyond it. Where
 * all values are equal, so are the bounds, and nothing is an outlier; where more than half are
 * equal, the quartiles are equal too, and with {@code IQR} all that differs from them is one.
 *
 * <p>Time: proportional to the values, with a sort for quartiles, quantiles and medians. Memory: a
 * scratch array of the longest window it was given. Not for use by several threads.
 */
public final class ColumnCleaner {
  private static final double LOWER_QUARTILE = 0.25;
  private static final double UPPER_QUARTILE = 0.75;
  private static final double MIDDLE = 0.5;

  private double[] present = {};
  private int missing;
  private int outliers;
  private int imputed;

  /**
   * Cleans in place.
   *
   * @param timesMs event times, ascending
   * @param values in the same order; one that is not finite is missing, and is {@code NaN}
   *     afterwards when it stays so
   * @param length how many of both count
   */
  public void clean(Cleaning cleaning, long[] timesMs, double[] values, int length) {
    missing = 0;
    outliers = 0;
    imputed = 0;
    for (int i = 0; i < length; i++) {
      if (!Double.isFinite(values[i])) {
        values[i] = Double.NaN;
        missing++;
      }
    }
    if (missing < length) {
      boundOutliers(cleaning.outliers(), values, length);
      fill(cleaning.missing(), timesMs, values, length);
    }
  }

  /** How many values were missing from the beginning. */
  public int missing() {
    return missing;
  }

  /** How many values were outliers. */
  public int outliers() {
    return outliers;
  }

  /** How many values were put in place of missing and removed ones. */
  public int imputed() {
    return imputed;
  }

  private void boundOutliers(OutlierRule rule, double[] values, int length) {
    double threshold = rule.threshold();
    double low;
    double high;
    switch (rule.method()) {
      case IQR -> {
        int n = sortPresent(values, length);
        double lower = OrderStatistics.quantile(present, n, LOWER_QUARTILE);
        double upper = OrderStatistics.quantile(present, n, UPPER_QUARTILE);
        double reach = threshold == 0 ? 0 : threshold * (upper - lower);
        low = lower - reach;
        high = upper + reach;
      }
      case Z_SCORE -> {
        ExactMoments moments = moments(values, length);
        double reach = threshold * moments.sampleDeviation(0);
        low = moments.mean(0) - reach;
        high = moments.mean(0) + reach;
      }
      case CLIP -> {
        int n = sortPresent(values, length);
        low = OrderStatistics.quantile(present, n, threshold);
        high = OrderStatistics.quantile(present, n, 1 - threshold);
      }
      case NONE -> {
        return;
      }
      default -> throw new IllegalStateException("method: " + rule.method());
    }
    bound(rule, low, high, values, length);
  }

  /** A comparison with {@code NaN}, the deviation of a single value, is false. */
  private void bound(OutlierRule rule, double low, double high, double[] values, int length) {
    for (int i = 0; i < length; i++) {
      double value = values[i];
      if (value < low || value > high) {
        outliers++;
        values[i] =
            switch (rule.action()) {
              case MARK -> value;
              case CLIP -> value < low ? low : high;
              case REMOVE -> Double.NaN;
            };
      }
    }
  }

  private void fill(MissingValues method, long[] timesMs, double[] values, int length) {
    switch (method) {
      case DROP -> {}
      case FORWARD_FILL -> fillForward(values, length);
      case BACKWARD_FILL -> fillBackward(values, length);
      case INTERPOLATE -> interpolate(timesMs, values, length);
      case MEAN -> fillAll(moments(values, length).mean(0), values, length);
      case MEDIAN -> {
        int n = sortPresent(values, length);
        fillAll(n == 0 ? Double.NaN : OrderStatistics.quantile(present, n, MIDDLE), values, length);
      }
    }
  }

  private void fillAll(double with, double[] values, int length) {
    for (int i = 0; i < length; i++) {
      put(values, i, with);
    }
  }

  private void fillForward(double[] values, int length) {
    for (int i = 1; i < length; i++) {
      put(values, i, values[i - 1]);
    }
  }

  private void fillBackward(double[] values, int length) {
    for (int i = length - 2; i >= 0; i--) {
      put(values, i, values[i + 1]);
    }
  }

  private void interpolate(long[] timesMs, double[] values, int length) {
    int before = -1;
    for (int after = 0; after < length; after++) {
      if (Double.isNaN(values[after])) {
        continue;
      }
      for (int i = before + 1; before >= 0 && i < after; i++) {
        double whole = timesMs[after] - timesMs[before];
        // Of one millisecond all three: nothing is nearer to the one than to the other.
        double share = whole == 0 ? MIDDLE : (timesMs[i] - timesMs[before]) / whole;
        put(values, i, OrderStatistics.between(values[before], values[after], share));
      }
      before = after;
    }
  }

  private void put(double[] values, int at, double value) {
    if (Double.isNaN(values[at]) && !Double.isNaN(value)) {
      values[at] = value;
      imputed++;
    }
  }

  private static ExactMoments moments(double[] values, int length) {
    ExactMoments moments = ExactMoments.ofSumsAndSquares(1);
    for (int i = 0; i < length; i++) {
      if (!Double.isNaN(values[i])) {
        moments.add(0, values[i]);
      }
    }
    return moments;
  }

  private int sortPresent(double[] values, int length) {
    if (present.length < length) {
      present = new double[length];
    }
    int n = 0;
    for (int i = 0; i < length; i++) {
      if (!Double.isNaN(values[i])) {
        present[n++] = values[i];
      }
    }
    Arrays.sort(present, 0, n);
    return n;
  }
}
