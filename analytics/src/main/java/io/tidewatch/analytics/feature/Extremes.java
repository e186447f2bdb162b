package io.tidewatch.analytics.feature;

import io.tidewatch.analytics.window.HeapBytes;
import java.util.Arrays;

/**
 * Least and greatest value of each field: what of a {@link FeaturePane} cannot be subtracted.
 * Exact; −0 is less than 0, so that they do not depend on the order of values.
 */
final class Extremes {

  /** Least and greatest of the first field, then of the second and so on. */
  private double[] values;

  /** Without a value. */
  Extremes(int fields) {
    this(new double[2 * fields]);
    forgetFrom(0);
  }

  private Extremes(double[] values) {
    this.values = values;
  }

  /** Heap of the extremes of so many fields. */
  static long heapBytes(int fields) {
    return HeapBytes.ofObject(HeapBytes.REFERENCE) + HeapBytes.ofArray(2L * fields, Double.BYTES);
  }

  /** Makes it that many fields, if there are fewer. */
  void growTo(int fields) {
    int before = values.length;
    if (2 * fields > before) {
      values = Arrays.copyOf(values, 2 * fields);
      forgetFrom(before);
    }
  }

  private void forgetFrom(int at) {
    for (int i = at; i < values.length; i += 2) {
      values[i] = Double.POSITIVE_INFINITY;
      values[i + 1] = Double.NEGATIVE_INFINITY;
    }
  }

  /** Adds a value to each of the first fields, but where it is not finite. */
  void add(double[] ofFields) {
    int at = 0;
    for (double value : ofFields) {
      if (value <= values[at] && value >= -Double.MAX_VALUE) {
        values[at] = Math.min(values[at], value);
      }
      if (value >= values[at + 1] && value <= Double.MAX_VALUE) {
        values[at + 1] = Math.max(values[at + 1], value);
      }
      at += 2;
    }
  }

  /** Adds another's, of the fields of this. */
  void merge(Extremes from) {
    double[] theirs = from.values;
    int shared = Math.min(values.length, theirs.length);
    for (int at = 0; at < shared; at += 2) {
      if (theirs[at] <= values[at]) {
        values[at] = Math.min(values[at], theirs[at]);
      }
      if (theirs[at + 1] >= values[at + 1]) {
        values[at + 1] = Math.max(values[at + 1], theirs[at + 1]);
      }
    }
  }

  /** Takes over what another says of the fields of this. */
  void set(Extremes from) {
    System.arraycopy(from.values, 0, values, 0, Math.min(values.length, from.values.length));
  }

  void set(int field, double min, double max) {
    values[2 * field] = min;
    values[2 * field + 1] = max;
  }

  /** Makes the field one without a value. */
  void forget(int field) {
    set(field, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY);
  }

  /** Positive infinity without a value. */
  double min(int field) {
    return values[2 * field];
  }

  /** Negative infinity without a value. */
  double max(int field) {
    return values[2 * field + 1];
  }

  Extremes copy() {
    return new Extremes(values.clone());
  }

  boolean isSame(Extremes that) {
    return Arrays.equals(values, that.values);
  }

  int hash() {
    return Arrays.hashCode(values);
  }
}
