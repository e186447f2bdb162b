package io.tidewatch.analytics.series;

import io.tidewatch.analytics.window.Varint;
import io.tidewatch.schemas.derived.ScoreContext;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;

/**
 * The values of a series over the last 24 hours of event time, at most one a minute: the first of
 * each minute. So the day of a series whose windows slide each second takes no more than that of
 * one with a row a minute, and of overlapping windows of a minute those that tile the day are kept.
 *
 * <p>All that is said is of the values kept, exactly: mean, deviation, quantiles (the lower order
 * statistic) and percentile. Memory: 24 bytes a value, at most {@value #MOST} of them. Mutable, not
 * for use by several threads.
 */
final class DayValues {
  private static final long MINUTE_MS = Duration.ofMinutes(1).toMillis();

  /** Minutes of a day. */
  static final int MOST = 1_440;

  private static final int FEW = 16;

  /** A ring of the values kept, the oldest first, and the same values ascending. */
  private long[] minutes = new long[FEW];

  private double[] values = new double[FEW];
  private double[] ascending = new double[FEW];
  private int first;
  private int size;
  private double mean = Double.NaN;
  private double deviation = Double.NaN;
  private boolean changed;

  /**
   * What was before a row; its value is then among what is kept.
   *
   * @param timeMs not before that of any row before
   * @param value finite, or {@code NaN} where it is missing
   */
  ScoreContext next(long timeMs, double value) {
    long minute = Math.floorDiv(timeMs, MINUTE_MS);
    while (size > 0 && minutes[first] <= minute - MOST) {
      removeFirst();
    }
    ScoreContext before = context(value);
    if (!Double.isNaN(value) && (size == 0 || minutes[slot(size - 1)] < minute)) {
      add(minute, value + 0.0); // one zero, so that equal values have equal bits
    }
    return before;
  }

  private ScoreContext context(double value) {
    if (size == 0) {
      return ScoreContext.NONE;
    }
    if (changed) {
      summarise();
    }
    return new ScoreContext(
        size, mean, deviation, quantile(0.95), quantile(0.99), percentile(value));
  }

  /** In the order of the values, so that it depends on them alone. */
  private void summarise() {
    double sum = 0;
    for (int i = 0; i < size; i++) {
      sum += ascending[i];
    }
    mean = sum / size;
    double squares = 0;
    for (int i = 0; i < size; i++) {
      double off = ascending[i] - mean;
      squares += off * off;
    }
    deviation = Math.sqrt(squares / size);
    changed = false;
  }

  private double quantile(double q) {
    return ascending[(int) Math.floor(q * (size - 1))];
  }

  private double percentile(double value) {
    if (Double.isNaN(value)) {
      return Double.NaN;
    }
    int below = below(value);
    int equal = 0;
    while (below + equal < size && ascending[below + equal] == value) {
      equal++;
    }
    return 100 * (below + equal / 2.0) / size;
  }

  /** How many are less. */
  private int below(double value) {
    int from = 0;
    int to = size;
    while (from < to) {
      int middle = (from + to) >>> 1;
      if (ascending[middle] < value) {
        from = middle + 1;
      } else {
        to = middle;
      }
    }
    return from;
  }

  private void add(long minute, double value) {
    if (size == values.length) {
      grow();
    }
    int at = below(value);
    System.arraycopy(ascending, at, ascending, at + 1, size - at);
    ascending[at] = value;
    size++;
    minutes[slot(size - 1)] = minute;
    values[slot(size - 1)] = value;
    changed = true;
  }

  private void removeFirst() {
    int at = below(values[first]);
    System.arraycopy(ascending, at + 1, ascending, at, size - at - 1);
    first = (first + 1) % values.length;
    size--;
    changed = true;
  }

  private void grow() {
    int length = Math.min(MOST, 2 * size);
    long[] moreMinutes = new long[length];
    double[] moreValues = new double[length];
    for (int i = 0; i < size; i++) {
      moreMinutes[i] = minutes[slot(i)];
      moreValues[i] = values[slot(i)];
    }
    minutes = moreMinutes;
    values = moreValues;
    ascending = Arrays.copyOf(ascending, length);
    first = 0;
  }

  private int slot(int i) {
    return (first + i) % values.length;
  }

  /**
   * Number of values ({@link Varint}), then of each, the oldest first, its minute (Varint: since
   * the epoch, then since the one before) and the value (double).
   */
  void write(DataOutput out) throws IOException {
    Varint.write(size, out);
    long before = 0;
    for (int i = 0; i < size; i++) {
      Varint.write(minutes[slot(i)] - before, out);
      out.writeDouble(values[slot(i)]);
      before = minutes[slot(i)];
    }
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws IOException when it is no such thing, in one line
   */
  static DayValues read(DataInput in) throws IOException {
    DayValues day = new DayValues();
    long size = Varint.read(in);
    if (size < 0 || size > MOST) {
      throw new IOException("day: values must be 0 to %d, were %d".formatted(MOST, size));
    }
    long minute = 0;
    for (int i = 0; i < size; i++) {
      long step = Varint.read(in);
      double value = in.readDouble();
      if (i > 0 && (step < 1 || step >= MOST)) {
        throw new IOException("day: minutes must ascend within it, was %d more".formatted(step));
      }
      if (!Double.isFinite(value)) {
        throw new IOException("day: values must be finite, was " + value);
      }
      minute += step;
      day.add(minute, value);
    }
    return day;
  }
}
