package io.tidewatch.benchmarks.variant;

import com.datadoghq.sketch.ddsketch.mapping.CubicallyInterpolatedMapping;
import com.datadoghq.sketch.ddsketch.mapping.IndexMapping;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * Integer bins of a DDSketch, which can be subtracted: the least that a running window needs. A
 * prototype: no limit on the bins, no zero, no check of the input.
 */
final class Bins {
  private static final IndexMapping MAPPING = new CubicallyInterpolatedMapping(0.01);

  /** Room at both ends when the bins grow. */
  private static final int MARGIN = 32;

  private int first;
  private int[] counts = {};
  private long count;

  void add(double value) {
    int bin = MAPPING.index(value);
    if (bin - first < 0 || bin - first >= counts.length) {
      makeRoom(bin, bin + 1);
    }
    counts[bin - first]++;
    count++;
  }

  void add(Bins from) {
    if (from.count == 0) {
      return;
    }
    if (from.first < first || from.first + from.counts.length > first + counts.length) {
      makeRoom(from.first, from.first + from.counts.length);
    }
    int shift = from.first - first;
    for (int i = 0; i < from.counts.length; i++) {
      counts[i + shift] += from.counts[i];
    }
    count += from.count;
  }

  /** Takes away what was added before. */
  void subtract(Bins from) {
    int shift = from.first - first;
    for (int i = 0; i < from.counts.length; i++) {
      if (from.counts[i] != 0) {
        counts[i + shift] -= from.counts[i];
      }
    }
    count -= from.count;
  }

  private void makeRoom(int from, int to) {
    int begin = counts.length == 0 ? from : Math.min(from, first);
    int end = counts.length == 0 ? to : Math.max(to, first + counts.length);
    if (counts.length == 0 || begin < first) {
      begin -= MARGIN;
    }
    if (counts.length == 0 || end > first + counts.length) {
      end += MARGIN;
    }
    int[] wider = new int[end - begin];
    if (counts.length > 0) {
      System.arraycopy(counts, 0, wider, first - begin, counts.length);
    }
    counts = wider;
    first = begin;
  }

  long count() {
    return count;
  }

  WindowRow row(int key, long endMs) {
    // Ranks ascend, so one walk over the bins finds all three.
    double[] found = new double[3];
    long[] ranks = {rank(0.50), rank(0.95), rank(0.99)};
    long seen = 0;
    int next = 0;
    for (int i = 0; next < ranks.length; i++) {
      seen += counts[i];
      while (next < ranks.length && seen > ranks[next]) {
        found[next++] = MAPPING.value(first + i);
      }
    }
    return new WindowRow(key, endMs, count, found[0], found[1], found[2]);
  }

  private long rank(double q) {
    return (long) (q * (count - 1));
  }

  Bins copy() {
    Bins copy = new Bins();
    copy.first = first;
    copy.counts = counts.clone();
    copy.count = count;
    return copy;
  }

  void write(DataOutput out) throws IOException {
    int from = 0;
    int to = counts.length;
    while (from < to && counts[from] == 0) {
      from++;
    }
    while (to > from && counts[to - 1] == 0) {
      to--;
    }
    out.writeInt(first + from);
    out.writeShort(to - from);
    for (int i = from; i < to; i++) {
      int rest = counts[i];
      while (rest > 0x7F) {
        out.writeByte(rest | 0x80);
        rest >>>= 7;
      }
      out.writeByte(rest);
    }
  }

  static Bins read(DataInput in) throws IOException {
    Bins bins = new Bins();
    bins.first = in.readInt();
    bins.counts = new int[in.readUnsignedShort()];
    for (int i = 0; i < bins.counts.length; i++) {
      int read;
      int shift = 0;
      do {
        read = in.readUnsignedByte();
        bins.counts[i] |= (read & 0x7F) << shift;
        shift += 7;
      } while (read > 0x7F);
    }
    bins.count = Arrays.stream(bins.counts).asLongStream().sum();
    return bins;
  }
}
