package io.tidewatch.analytics.detect;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * The last numbers of a series and what is said of them: mean, deviation, extremes. Each is
 * computed from the numbers themselves, so nothing drifts and a restored series says the same, bit
 * for bit. A window longer than what is there takes what is there; of nothing all is {@code NaN}.
 *
 * <p>Memory: 8 bytes a row.
 */
final class RecentRows {
  private final double[] ring;
  private int next;
  private int size;

  /**
   * @param capacity a power of two
   */
  RecentRows(int capacity) {
    this.ring = new double[capacity];
  }

  int size() {
    return size;
  }

  void add(double value) {
    ring[next] = value;
    next = (next + 1) & (ring.length - 1);
    size = Math.min(size + 1, ring.length);
  }

  /** What was added so many rows ago, 0 is the last; {@code NaN} where there is none. */
  double ago(int rows) {
    return rows < size ? at(rows) : Double.NaN;
  }

  private double at(int rows) {
    return ring[(next - 1 - rows) & (ring.length - 1)];
  }

  double mean(int rows) {
    return meanBefore(0, rows);
  }

  /** Mean of so many rows, the newest of them {@code skipped} rows ago. */
  double meanBefore(int skipped, int rows) {
    int end = Math.min(skipped + rows, size);
    double sum = 0;
    for (int i = skipped; i < end; i++) {
      sum += at(i);
    }
    return end > skipped ? sum / (end - skipped) : Double.NaN;
  }

  /** Standard deviation of the last rows, in two passes. */
  double deviation(int rows) {
    int count = Math.min(rows, size);
    double mean = mean(rows);
    double squares = 0;
    for (int i = 0; i < count; i++) {
      double off = at(i) - mean;
      squares += off * off;
    }
    return count > 0 ? Math.sqrt(squares / count) : Double.NaN;
  }

  double greatest(int rows) {
    double greatest = ago(0);
    for (int i = Math.min(rows, size) - 1; i > 0; i--) {
      greatest = Math.max(greatest, at(i));
    }
    return greatest;
  }

  double least(int rows) {
    double least = ago(0);
    for (int i = Math.min(rows, size) - 1; i > 0; i--) {
      least = Math.min(least, at(i));
    }
    return least;
  }

  /** Number of rows (32 bits), then the rows, the oldest first (64 bits each). */
  void write(DataOutput out) throws IOException {
    out.writeInt(size);
    for (int i = size - 1; i >= 0; i--) {
      out.writeDouble(at(i));
    }
  }

  static RecentRows read(int capacity, DataInput in) throws IOException {
    RecentRows rows = new RecentRows(capacity);
    int size = StateBytes.within("rows", in.readInt(), capacity);
    for (int i = 0; i < size; i++) {
      rows.add(StateBytes.finite("row", in.readDouble()));
    }
    return rows;
  }
}
