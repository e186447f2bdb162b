package io.tidewatch.analytics.detect;

import io.tidewatch.analytics.window.Varint;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Where values have been seen: intervals that ascend, apart from each other by more than {@link
 * #JOINED} of the range. The gap of a value is its distance from the nearest of them in units of
 * the range, so it sees what lies outside all that was seen, and holes within it.
 *
 * <p>A slow drift makes no gap, since each step widens an interval. At most 202 intervals, 20 bytes
 * each.
 */
final class SeenValues {
  /** Share of the range within which values are one. */
  static final double JOINED = 0.005;

  /** More do not fit, each apart by more than {@link #JOINED} of the range. */
  static final int MOST = (int) (1 / JOINED) + 2;

  private final double[] low = new double[MOST];
  private final double[] high = new double[MOST];
  private final int[] lastRow = new int[MOST];
  private int size;

  int size() {
    return size;
  }

  /** Greatest less least value seen. */
  double range() {
    return size == 0 ? 0 : high[size - 1] - low[0];
  }

  /**
   * Distance to the nearest value seen, in units of the range; 0 where it was seen or nothing was.
   * Whatever differs from the only value ever seen is 1 away.
   */
  double gap(double value) {
    int at = atOrAbove(value);
    if (size == 0 || (at < size && low[at] <= value)) {
      return 0;
    }
    double distance = Double.POSITIVE_INFINITY;
    if (at < size) {
      distance = low[at] - value;
    }
    if (at > 0) {
      distance = Math.min(distance, value - high[at - 1]);
    }
    return range() > 0 ? distance / range() : 1;
  }

  /** How far outside all values seen, in units of their range; likewise 1 where there is one. */
  double beyond(double value) {
    if (size == 0) {
      return 0;
    }
    double outside = Math.max(Math.max(low[0] - value, value - high[size - 1]), 0);
    return outside == 0 ? 0 : range() > 0 ? outside / range() : 1;
  }

  /** The first interval that does not end below the value. */
  private int atOrAbove(double value) {
    int from = 0;
    int to = size;
    while (from < to) {
      int middle = (from + to) >>> 1;
      if (high[middle] < value) {
        from = middle + 1;
      } else {
        to = middle;
      }
    }
    return from;
  }

  void add(double value, int row) {
    int at = atOrAbove(value);
    if (at < size && low[at] <= value) {
      lastRow[at] = row;
      return;
    }
    boolean wider = at == 0 || at == size;
    double range = size == 0 ? 0 : Math.max(high[size - 1], value) - Math.min(low[0], value);
    double tolerance = JOINED * range;
    double below = at > 0 ? value - high[at - 1] : Double.POSITIVE_INFINITY;
    double above = at < size ? low[at] - value : Double.POSITIVE_INFINITY;
    if (size > 0 && Math.min(below, above) <= tolerance) {
      if (below <= above) {
        high[at - 1] = value;
        lastRow[at - 1] = row;
      } else {
        low[at] = value;
        lastRow[at] = row;
      }
      join(tolerance);
      return;
    }
    if (wider) {
      join(tolerance); // before it is put in, so that there is room
      at = atOrAbove(value);
    }
    System.arraycopy(low, at, low, at + 1, size - at);
    System.arraycopy(high, at, high, at + 1, size - at);
    System.arraycopy(lastRow, at, lastRow, at + 1, size - at);
    low[at] = value;
    high[at] = value;
    lastRow[at] = row;
    size++;
  }

  private void join(double tolerance) {
    int to = 0;
    for (int from = 1; from < size; from++) {
      if (low[from] - high[to] <= tolerance) {
        high[to] = high[from];
        lastRow[to] = Math.max(lastRow[to], lastRow[from]);
      } else {
        move(from, ++to);
      }
    }
    size = Math.min(size, to + 1);
  }

  private void move(int from, int to) {
    low[to] = low[from];
    high[to] = high[from];
    lastRow[to] = lastRow[from];
  }

  /** Forgets the intervals that no value came to since, unless none would be left. */
  void forget(int before) {
    int to = 0;
    for (int from = 0; from < size; from++) {
      if (lastRow[from] >= before) {
        move(from, to++);
      }
    }
    size = to == 0 ? size : to;
  }

  /** Number (Varint), then of each its ends (doubles) and the rows since it was seen (Varint). */
  void write(DataOutput out, int now) throws IOException {
    Varint.write(size, out);
    for (int i = 0; i < size; i++) {
      out.writeDouble(low[i]);
      out.writeDouble(high[i]);
      Varint.write(now - lastRow[i], out);
    }
  }

  static SeenValues read(DataInput in, int now) throws IOException {
    SeenValues seen = new SeenValues();
    seen.size = StateBytes.whole("intervals", in, MOST);
    double end = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < seen.size; i++) {
      seen.low[i] = StateBytes.finite("interval", in.readDouble());
      seen.high[i] = StateBytes.finite("interval", in.readDouble());
      if (seen.low[i] <= end || seen.low[i] > seen.high[i]) {
        throw new IOException("detector: intervals must ascend, was " + seen.low[i]);
      }
      end = seen.high[i];
      seen.lastRow[i] = now - StateBytes.whole("age of an interval", in, now);
    }
    return seen;
  }
}
