package io.tidewatch.analytics.quantile;

import io.tidewatch.analytics.window.HeapBytes;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which requests were the slowest, by their traces: of those that have a trace id the {@value
 * #KEPT} with the longest durations, each trace with its slowest request. Traces as long as each
 * other are in order of their ids. So what is kept depends on the requests alone, not on their
 * order nor on how they were cut into parts that are merged. Mutable, not for use by several
 * threads.
 */
final class SlowestTraces {
  /** As many as a person looks at. */
  static final int KEPT = 3;

  /**
   * Latin letters of a W3C trace id, and the most that {@code ApiLatency} may have, two bytes each.
   */
  private static final HeapBytes ID =
      new HeapBytes(HeapBytes.ofArray(32, 1), HeapBytes.ofArray(64, 2))
          .plus(HeapBytes.ofObject(HeapBytes.REFERENCE + Integer.BYTES + 2));

  private final double[] durationsMs = new double[KEPT];
  private final @Nullable String[] ids = new String[KEPT];
  private int size;

  /** Heap with all places taken. */
  static HeapBytes heapBytes() {
    return heapBytesOfPlaces().plus(ID.times(KEPT));
  }

  /** Heap without the ids. */
  static HeapBytes heapBytesOfPlaces() {
    return HeapBytes.always(
        HeapBytes.ofObject(2 * HeapBytes.REFERENCE + Integer.BYTES)
            + HeapBytes.ofArray(KEPT, Double.BYTES)
            + HeapBytes.ofArray(KEPT, HeapBytes.REFERENCE));
  }

  /** Adds a request; most are faster than those kept, and cost one comparison. */
  void add(double durationMs, String id) {
    if (size == KEPT && durationMs < durationsMs[KEPT - 1]) {
      return;
    }
    int known = indexOf(id);
    if (known >= 0) {
      if (durationMs <= durationsMs[known]) {
        return;
      }
      remove(known);
    }
    int at = 0;
    while (at < size && isBefore(at, durationMs, id)) {
      at++;
    }
    if (at < KEPT) {
      insert(at, durationMs, id);
    }
  }

  private int indexOf(String id) {
    for (int i = 0; i < size; i++) {
      if (id.equals(ids[i])) {
        return i;
      }
    }
    return -1;
  }

  private boolean isBefore(int i, double durationMs, String id) {
    int longer = Double.compare(durationsMs[i], durationMs);
    return longer > 0 || (longer == 0 && id(i).compareTo(id) < 0);
  }

  private void remove(int i) {
    size--;
    System.arraycopy(durationsMs, i + 1, durationsMs, i, size - i);
    System.arraycopy(ids, i + 1, ids, i, size - i);
  }

  private void insert(int i, double durationMs, String id) {
    if (size < KEPT) {
      size++;
    }
    System.arraycopy(durationsMs, i, durationsMs, i + 1, size - 1 - i);
    System.arraycopy(ids, i, ids, i + 1, size - 1 - i);
    durationsMs[i] = durationMs;
    ids[i] = id;
  }

  /** Adds all requests of the other, which stays as it is. */
  void merge(SlowestTraces from) {
    for (int i = 0; i < from.size; i++) {
      add(from.durationsMs[i], from.id(i));
    }
  }

  int size() {
    return size;
  }

  /** Longest duration of the i-th trace, milliseconds. */
  double durationMs(int i) {
    return durationsMs[i];
  }

  /** The i-th trace, the slowest first. */
  @SuppressWarnings("NullAway") // the first size places are taken
  String id(int i) {
    return ids[i];
  }

  /** All of them, the slowest first; unmodifiable. */
  @SuppressWarnings("NullAway") // as above
  List<String> ids() {
    return List.of(Arrays.copyOf(ids, size));
  }

  /** An independent copy. */
  SlowestTraces copy() {
    SlowestTraces copy = new SlowestTraces();
    copy.merge(this);
    return copy;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof SlowestTraces that
        && ids().equals(that.ids())
        && Arrays.equals(durationsMs, 0, size, that.durationsMs, 0, size);
  }

  @Override
  public int hashCode() {
    return ids().hashCode();
  }

  @Override
  public String toString() {
    return ids().toString();
  }
}
