package io.tidewatch.analytics.feature.registry;

import io.tidewatch.analytics.clean.ColumnCleaner;
import io.tidewatch.analytics.exact.ExactMoments;
import io.tidewatch.analytics.exact.OrderStatistics;
import io.tidewatch.schemas.model.Cleaning;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The values of one field in one window, cleaned, in order of event time. Sums and the sorted
 * values are made when the first feature asks for them. Filled anew for each field and window; not
 * for use by several threads.
 *
 * <p>Memory: three arrays of the length of the longest window it was filled with.
 */
public final class PointColumn implements Column {
  private final ColumnCleaner cleaner = new ColumnCleaner();
  private long[] timesMs = {};
  private double[] values = {};
  private double[] ascending = {};
  private int records;
  private int count;
  private boolean isSorted;
  private @Nullable ExactMoments moments;

  /**
   * Cleans a field and takes over what is there then.
   *
   * @param times event time of each record, ascending, milliseconds since the epoch
   * @param rows values of all fields, record by record; not finite is missing
   * @param width how many values a record has
   * @param field which of them, from 0
   * @param length how many records
   */
  public void fill(
      Cleaning cleaning, long[] times, double[] rows, int width, int field, int length) {
    if (values.length < length) {
      timesMs = new long[length];
      values = new double[length];
      ascending = new double[length];
    }
    for (int i = 0, at = field; i < length; i++, at += width) {
      values[i] = rows[at];
    }
    cleaner.clean(cleaning, times, values, length);
    count = 0;
    for (int i = 0; i < length; i++) {
      if (!Double.isNaN(values[i])) {
        timesMs[count] = times[i];
        values[count++] = values[i];
      }
    }
    records = length;
    isSorted = false;
    moments = null;
  }

  @Override
  public long records() {
    return records;
  }

  @Override
  public long missing() {
    return cleaner.missing();
  }

  @Override
  public long outliers() {
    return cleaner.outliers();
  }

  @Override
  public long imputed() {
    return cleaner.imputed();
  }

  @Override
  public long count() {
    return count;
  }

  /** How many values there are. */
  int size() {
    return count;
  }

  /**
   * The i-th value.
   *
   * @param i 0 (the earliest) to {@link #size} − 1
   */
  double value(int i) {
    return values[i];
  }

  /** Event time of the i-th value, milliseconds since the epoch. */
  long timeMs(int i) {
    return timesMs[i];
  }

  /** Seconds from the event time of the first value to that of the i-th. */
  double seconds(int i) {
    return (timesMs[i] - timesMs[0]) / 1e3;
  }

  /**
   * See {@link OrderStatistics}; {@code NaN} without a value.
   *
   * @param q 0 to 1
   */
  double quantile(double q) {
    if (count == 0) {
      return Double.NaN;
    }
    if (!isSorted) {
      System.arraycopy(values, 0, ascending, 0, count);
      Arrays.sort(ascending, 0, count);
      isSorted = true;
    }
    return OrderStatistics.quantile(ascending, count, q);
  }

  @Override
  public double mean() {
    return moments().mean(0);
  }

  @Override
  public double sampleDeviation() {
    return moments().sampleDeviation(0);
  }

  @Override
  public double rootMeanSquare() {
    return moments().rootMeanSquare(0);
  }

  @Override
  public double min() {
    double min = count == 0 ? Double.NaN : values[0];
    for (int i = 1; i < count; i++) {
      min = Math.min(min, values[i]);
    }
    return min;
  }

  @Override
  public double max() {
    double max = count == 0 ? Double.NaN : values[0];
    for (int i = 1; i < count; i++) {
      max = Math.max(max, values[i]);
    }
    return max;
  }

  private ExactMoments moments() {
    if (moments == null) {
      moments = ExactMoments.ofSumsAndSquares(1);
      for (int i = 0; i < count; i++) {
        moments.add(0, values[i]);
      }
    }
    return moments;
  }
}
