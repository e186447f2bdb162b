package io.tidewatch.analytics.feature;

import io.tidewatch.analytics.window.HeapBytes;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Moments and extremes of each field over the records of a pane, mergeable. A value that is not
 * finite is missing: it changes nothing but the number of records.
 *
 * <p>Added by Welford's recurrence (B. P. Welford, "Note on a method for calculating corrected sums
 * of squares and products", Technometrics 4(3), 1962), merged by the pairwise rule of Chan, Golub
 * and LeVeque ("Updating formulae and a pairwise algorithm for computing sample variances",
 * Stanford STAN-CS-79-773, 1979, equation 2.1; The American Statistician 37(3), 1983). Neither
 * subtracts large squares, so an offset does not eat the deviation. The mean is kept as the sum of
 * two doubles: rounded to one, it would be off by up to 6e-8 at an offset of 1e9, and each squared
 * difference with it.
 *
 * <p>Error: mean and deviation are within {@code 1e-9 · max(1, |x|)} of the exact value for windows
 * of up to a million records; count, min and max are exact. Where a magnitude above 1e150 overflows
 * a square or a difference, the mean or deviation concerned is {@code NaN}. Merging is associative
 * up to that error. A column of equal values has deviation 0 exactly.
 *
 * <p>Memory: 48 bytes a field. Mutable, not for use by several threads.
 */
public final class FeaturePane {

  /** Slots of one field in {@code moments}. */
  static final int COUNT = 0;

  static final int MEAN_HIGH = 1;
  static final int MEAN_LOW = 2;
  static final int SQUARES = 3;
  static final int MIN = 4;
  static final int MAX = 5;

  /** How many slots a field has. */
  static final int SLOTS = 6;

  /**
   * Most fields of a model: a pane stays below 200 kB of state. Devices send tens of fields; more
   * than this is a mistake in a model or in the bytes.
   */
  public static final int MAX_FIELDS = 4096;

  private double[] moments;
  private long records;

  /**
   * An empty pane.
   *
   * @param fields number of fields, 0 to {@link #MAX_FIELDS}
   */
  public FeaturePane(int fields) {
    this(0, empty(fields));
  }

  /** Takes the array over. */
  FeaturePane(long records, double[] moments) {
    this.records = records;
    this.moments = moments;
  }

  private static double[] empty(int fields) {
    if (fields < 0 || fields > MAX_FIELDS) {
      throw new IllegalArgumentException("fields: must be 0 to " + MAX_FIELDS + ", was " + fields);
    }
    double[] moments = new double[fields * SLOTS];
    for (int at = 0; at < moments.length; at += SLOTS) {
      moments[at + MIN] = Double.POSITIVE_INFINITY;
      moments[at + MAX] = Double.NEGATIVE_INFINITY;
    }
    return moments;
  }

  /** Heap of a pane of so many fields. */
  static HeapBytes heapBytes(int fields) {
    return HeapBytes.always(
        HeapBytes.ofObject(HeapBytes.REFERENCE + Long.BYTES)
            + HeapBytes.ofArray((long) fields * SLOTS, Double.BYTES));
  }

  /** Number of fields. */
  public int fields() {
    return moments.length / SLOTS;
  }

  /** Number of records, whether or not their values are missing. */
  public long records() {
    return records;
  }

  /**
   * Adds one record. A pane from before its model was given further fields grows by them.
   *
   * @param values one a field; not finite is missing, and so are values of fields at the end that
   *     the record does not have
   */
  public void add(double[] values) {
    if (values.length > fields()) {
      double[] grown = empty(values.length);
      System.arraycopy(moments, 0, grown, 0, moments.length);
      moments = grown;
    }
    records++;
    for (int field = 0; field < values.length; field++) {
      if (Double.isFinite(values[field])) {
        addValue(field * SLOTS, values[field]);
      }
    }
  }

  private void addValue(int at, double value) {
    double count = ++moments[at + COUNT];
    double before = (value - moments[at + MEAN_HIGH]) - moments[at + MEAN_LOW];
    moveMean(at, before / count);
    double after = (value - moments[at + MEAN_HIGH]) - moments[at + MEAN_LOW];
    moments[at + SQUARES] += before * after;
    moments[at + MIN] = Math.min(moments[at + MIN], value);
    moments[at + MAX] = Math.max(moments[at + MAX], value);
  }

  /** Adds {@code step} to the mean; what the high part loses by rounding goes to the low one. */
  private void moveMean(int at, double step) {
    double high = moments[at + MEAN_HIGH];
    double low = moments[at + MEAN_LOW] + step;
    double sum = high + low;
    double kept = sum - high;
    moments[at + MEAN_HIGH] = sum;
    moments[at + MEAN_LOW] = (high - (sum - kept)) + (low - kept);
  }

  /**
   * Adds all that {@code from} holds of the fields of this pane; {@code from} stays as it is and
   * may be this very pane. Fields that {@code from} does not have are missing in its records.
   */
  public void merge(FeaturePane from) {
    records += from.records;
    int shared = Math.min(moments.length, from.moments.length);
    for (int at = 0; at < shared; at += SLOTS) {
      mergeField(at, from.moments);
    }
  }

  private void mergeField(int at, double[] from) {
    double mine = moments[at + COUNT];
    double theirs = from[at + COUNT];
    if (theirs == 0) {
      return;
    }
    if (mine == 0) {
      System.arraycopy(from, at, moments, at, SLOTS);
      return;
    }
    double all = mine + theirs;
    double apart =
        (from[at + MEAN_HIGH] - moments[at + MEAN_HIGH])
            + (from[at + MEAN_LOW] - moments[at + MEAN_LOW]);
    moments[at + SQUARES] += from[at + SQUARES] + apart * apart * (mine / all * theirs);
    moments[at + MIN] = Math.min(moments[at + MIN], from[at + MIN]);
    moments[at + MAX] = Math.max(moments[at + MAX], from[at + MAX]);
    moveMean(at, apart * (theirs / all));
    moments[at + COUNT] = all;
  }

  /** How many values of the field are not missing. */
  public double count(int field) {
    return moments[field * SLOTS + COUNT];
  }

  /** Arithmetic mean; {@code NaN} without a value. */
  public double mean(int field) {
    double mean = moments[field * SLOTS + MEAN_HIGH] + moments[field * SLOTS + MEAN_LOW];
    return count(field) == 0 || Double.isInfinite(mean) ? Double.NaN : mean;
  }

  /** Sample standard deviation (n − 1); {@code NaN} below two values. */
  public double sampleDeviation(int field) {
    double count = count(field);
    double squares = moments[field * SLOTS + SQUARES];
    return count < 2 || Double.isInfinite(squares) ? Double.NaN : Math.sqrt(squares / (count - 1));
  }

  /** Least value; {@code NaN} without a value. */
  public double min(int field) {
    return count(field) == 0 ? Double.NaN : moments[field * SLOTS + MIN];
  }

  /** Greatest value; {@code NaN} without a value. */
  public double max(int field) {
    return count(field) == 0 ? Double.NaN : moments[field * SLOTS + MAX];
  }

  /** All features of all fields in the order of {@link FeatureNames}. */
  public double[] features() {
    FeatureStat[] stats = FeatureStat.values();
    double[] features = new double[fields() * stats.length];
    int next = 0;
    for (int field = 0; field < fields(); field++) {
      for (FeatureStat stat : stats) {
        features[next++] = stat.of(this, field);
      }
    }
    return features;
  }

  /** An independent copy. */
  public FeaturePane copy() {
    return new FeaturePane(records, moments.clone());
  }

  /** The slots themselves, for the codec. */
  double[] moments() {
    return moments;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof FeaturePane that
        && records == that.records
        && Arrays.equals(moments, that.moments);
  }

  @Override
  public int hashCode() {
    return Long.hashCode(records) * 31 + Arrays.hashCode(moments);
  }

  @Override
  public String toString() {
    return "FeaturePane[records=%d %s]".formatted(records, Arrays.toString(features()));
  }
}
