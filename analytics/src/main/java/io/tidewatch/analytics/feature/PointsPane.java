package io.tidewatch.analytics.feature;

import io.tidewatch.analytics.window.HeapBytes;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The records of a pane or a window themselves, times and values in flat arrays: for features and
 * cleaning that have to see them one by one. A value that is not finite is missing, and {@code
 * NaN}.
 *
 * <p>Their order is that of event time, then of the values field by field, missing ones last: so it
 * depends on the records alone, and records that it does not tell apart are equal. They are put in
 * that order when somebody asks; records that came in order cost nothing there.
 *
 * <p>Memory: 8 bytes a record and 8 for each of its values, in arrays that are doubled when they
 * are full. Mutable, not for use by several threads; what does not change it may be called by
 * several.
 */
public final class PointsPane implements DevicePane {
  private static final int INITIAL_CAPACITY = 4;

  private int fields;
  private long[] timesMs;

  /** All values of the first record, then of the second and so on. */
  private double[] values;

  private int size;
  private boolean isOrdered = true;

  /**
   * An empty pane.
   *
   * @param fields number of fields, 0 to {@link FeaturePane#MAX_FIELDS}
   */
  public PointsPane(int fields) {
    this.fields = FeaturePane.checkedFields(fields);
    timesMs = new long[INITIAL_CAPACITY];
    values = new double[INITIAL_CAPACITY * fields];
  }

  private PointsPane(PointsPane from) {
    fields = from.fields;
    timesMs = Arrays.copyOf(from.timesMs, Math.max(INITIAL_CAPACITY, from.size));
    values = Arrays.copyOf(from.values, timesMs.length * fields);
    size = from.size;
    isOrdered = from.isOrdered;
  }

  /** Heap of a pane of so many records of so many fields. */
  static HeapBytes heapBytes(long records, int fields) {
    long capacity = INITIAL_CAPACITY;
    while (capacity < records) {
      capacity *= 2;
    }
    return HeapBytes.always(
        HeapBytes.ofObject(2 * HeapBytes.REFERENCE + 2 * Integer.BYTES + 1)
            + HeapBytes.ofArray(capacity, Long.BYTES)
            + HeapBytes.ofArray(capacity * fields, Double.BYTES));
  }

  /** Number of fields. */
  public int fields() {
    return fields;
  }

  @Override
  public long records() {
    return size;
  }

  /** Event times of the first {@link #records}, in order since {@link #order}. */
  long[] timesMs() {
    return timesMs;
  }

  /** Values of the first {@link #records}, record by record. */
  double[] values() {
    return values;
  }

  /** Makes it empty and of so many fields; the arrays stay as long as they are. */
  void clear(int ofFields) {
    fields = FeaturePane.checkedFields(ofFields);
    size = 0;
    isOrdered = true;
  }

  @Override
  public void add(long timeMs, double[] ofFields) {
    if (ofFields.length > fields) {
      growTo(FeaturePane.checkedFields(ofFields.length));
    }
    makeRoom(1);
    append(timeMs, ofFields, 0, ofFields.length);
  }

  private void append(long timeMs, double[] from, int at, int length) {
    int to = size * fields;
    for (int field = 0; field < fields; field++) {
      double value = field < length ? from[at + field] : Double.NaN;
      values[to + field] = Double.isFinite(value) ? value : Double.NaN;
    }
    timesMs[size] = timeMs;
    isOrdered = isOrdered && (size == 0 || compare(size - 1, size) <= 0);
    size++;
  }

  private void growTo(int moreFields) {
    double[] wider = new double[timesMs.length * moreFields];
    Arrays.fill(wider, Double.NaN);
    for (int i = 0; i < size; i++) {
      System.arraycopy(values, i * fields, wider, i * moreFields, fields);
    }
    values = wider;
    fields = moreFields;
  }

  private void makeRoom(int more) {
    int needed = Math.addExact(size, more);
    int capacity = Math.max(INITIAL_CAPACITY, timesMs.length);
    while (capacity < needed) {
      capacity = Math.multiplyExact(capacity, 2);
    }
    if (capacity > timesMs.length) {
      timesMs = Arrays.copyOf(timesMs, capacity);
    }
    int cells = Math.multiplyExact(timesMs.length, fields);
    if (cells > values.length) {
      values = Arrays.copyOf(values, cells);
    }
  }

  @Override
  public void merge(DevicePane from) {
    if (!(from instanceof PointsPane points)) {
      throw new IllegalArgumentException(
          "state: must be of points where features or cleaning need them, was of sums:"
              + " drain the job before such a change of a model, and start it without its state");
    }
    int more = points.size;
    makeRoom(more);
    if (fields == points.fields && more > 0) {
      System.arraycopy(points.timesMs, 0, timesMs, size, more);
      System.arraycopy(points.values, 0, values, size * fields, more * fields);
      isOrdered = isOrdered && points.isOrdered && (size == 0 || compare(size - 1, size) <= 0);
      size += more;
      return;
    }
    for (int i = 0; i < more; i++) {
      append(points.timesMs[i], points.values, i * points.fields, points.fields);
    }
  }

  /** Puts the records in order. */
  void order() {
    if (!isOrdered) {
      int[] order = MergeOrder.of(size, this::compare);
      long[] times = new long[timesMs.length];
      double[] rows = new double[values.length];
      for (int i = 0; i < size; i++) {
        times[i] = timesMs[order[i]];
        System.arraycopy(values, order[i] * fields, rows, i * fields, fields);
      }
      timesMs = times;
      values = rows;
      isOrdered = true;
    }
  }

  /** The same records in order: this one when it is. */
  PointsPane ordered() {
    if (isOrdered) {
      return this;
    }
    PointsPane copy = copy();
    copy.order();
    return copy;
  }

  private int compare(int a, int b) {
    int byTime = Long.compare(timesMs[a], timesMs[b]);
    for (int field = 0; byTime == 0 && field < fields; field++) {
      int byValue = Double.compare(values[a * fields + field], values[b * fields + field]);
      if (byValue != 0) {
        return byValue;
      }
    }
    return byTime;
  }

  @Override
  public FeaturePane summary() {
    FeaturePane summary = new FeaturePane(fields);
    for (int i = 0; i < size; i++) {
      summary.add(Arrays.copyOfRange(values, i * fields, (i + 1) * fields));
    }
    return summary;
  }

  @Override
  public PointsPane copy() {
    return new PointsPane(this);
  }

  /** Whether it is of the same records, in whatever order they came. */
  @Override
  public boolean equals(@Nullable Object other) {
    if (!(other instanceof PointsPane that) || fields != that.fields || size != that.size) {
      return false;
    }
    PointsPane mine = ordered();
    PointsPane theirs = that.ordered();
    int cells = size * fields;
    return Arrays.equals(mine.timesMs, 0, size, theirs.timesMs, 0, size)
        && Arrays.equals(mine.values, 0, cells, theirs.values, 0, cells);
  }

  @Override
  public int hashCode() {
    int hash = size;
    PointsPane mine = ordered();
    for (int i = 0; i < size; i++) {
      hash = 31 * hash + Long.hashCode(mine.timesMs[i]);
    }
    for (int i = 0; i < size * fields; i++) {
      hash = 31 * hash + Double.hashCode(mine.values[i]);
    }
    return hash;
  }

  @Override
  public String toString() {
    return "PointsPane[records=%d fields=%d]".formatted(size, fields);
  }
}
