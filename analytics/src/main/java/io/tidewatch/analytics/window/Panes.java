package io.tidewatch.analytics.window;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The panes of one series: accumulators in order of their start, at most {@code size / slide} of
 * them plus those that are ahead of the watermark. Adding the newest and dropping the oldest costs
 * the same however many there are. Not thread-safe; mutated in place.
 *
 * @param <A> accumulator
 */
public final class Panes<A> {
  /** Most series hold few panes at a time; grown by doubling. */
  private static final int INITIAL_CAPACITY = 4;

  private long[] startsMs = new long[INITIAL_CAPACITY];
  private @Nullable Object[] accumulators = new Object[INITIAL_CAPACITY];

  /** How many records came after the first window of the pane; null while none has. */
  private int @Nullable [] late;

  /** The panes lie in the arrays from here, the dropped ones before it. */
  private int first;

  private int size;

  /** The pane that starts last, beside the arrays: most records are added to it. */
  private @Nullable A newest;

  private long newestMs;

  /** What the last window held; not part of the state, see {@link MovingWindow}. */
  private @Nullable MovingWindow<A> moving;

  /**
   * Heap of so many panes, without accumulators and moving window.
   *
   * @param withLate whether some of their records came late
   */
  static long heapBytes(long panes, boolean withLate) {
    // Doubled until less than half is in use when the next pane comes.
    long capacity = INITIAL_CAPACITY;
    while (capacity < 2 * (panes - 1)) {
      capacity *= 2;
    }
    return HeapBytes.ofObject(5 * HeapBytes.REFERENCE + 2 * Integer.BYTES + Long.BYTES)
        + HeapBytes.ofArray(capacity, Long.BYTES)
        + HeapBytes.ofArray(capacity, HeapBytes.REFERENCE)
        + (withLate ? HeapBytes.ofArray(capacity, Integer.BYTES) : 0);
  }

  public int size() {
    return size;
  }

  public boolean isEmpty() {
    return size == 0;
  }

  /** Start of the i-th pane in order of time, milliseconds since the epoch. */
  public long startMs(int i) {
    return startsMs[first + i];
  }

  /** The i-th pane in order of time. */
  public A get(int i) {
    return cast(accumulators[first + i]);
  }

  /** The pane that starts then, or null. */
  public @Nullable A find(long startMs) {
    if (newest != null && startMs == newestMs) {
      return newest;
    }
    int i = indexOf(startMs);
    return i < 0 ? null : get(i);
  }

  /** Index of the first pane that starts then or later; {@link #size} when none does. */
  public int firstFrom(long startMs) {
    int i = indexOf(startMs);
    return i < 0 ? -i - 1 : i;
  }

  /**
   * Adds a pane.
   *
   * @throws IllegalArgumentException when there is one that starts then
   */
  public void insert(long startMs, A accumulator) {
    int i = indexOf(startMs);
    if (i >= 0) {
      throw new IllegalArgumentException("startMs: must be new, was there already: " + startMs);
    }
    if (first + size == startsMs.length) {
      makeRoom();
    }
    int at = first - i - 1;
    int behind = first + size - at;
    System.arraycopy(startsMs, at, startsMs, at + 1, behind);
    System.arraycopy(accumulators, at, accumulators, at + 1, behind);
    if (late != null) {
      System.arraycopy(late, at, late, at + 1, behind);
      late[at] = 0;
    }
    startsMs[at] = startMs;
    accumulators[at] = accumulator;
    size++;
    if (newest == null || startMs > newestMs) {
      newest = accumulator;
      newestMs = startMs;
    }
  }

  /** Moves the panes to the beginning; to larger arrays when less than half would be left free. */
  private void makeRoom() {
    int capacity = 2 * size > startsMs.length ? 2 * startsMs.length : startsMs.length;
    long[] oldStartsMs = startsMs;
    @Nullable Object[] oldAccumulators = accumulators;
    startsMs = new long[capacity];
    accumulators = new Object[capacity];
    System.arraycopy(oldStartsMs, first, startsMs, 0, size);
    System.arraycopy(oldAccumulators, first, accumulators, 0, size);
    if (late != null) {
      late = Arrays.copyOf(Arrays.copyOfRange(late, first, first + size), capacity);
    }
    first = 0;
  }

  /** Forgets the panes that start before that. */
  public void dropBefore(long startMs) {
    while (size > 0 && startsMs[first] < startMs) {
      accumulators[first] = null;
      first++;
      size--;
    }
    if (size == 0) {
      newest = null;
    }
  }

  /** How many records of the i-th pane came after its first window had fired. */
  int late(int i) {
    return late == null ? 0 : late[first + i];
  }

  /** Counts records of the i-th pane that came so late, at least one. */
  void addLate(int i, int records) {
    if (late == null) {
      late = new int[startsMs.length];
    }
    late[first + i] += records;
  }

  /** How many such records lie in the panes that start in {@code [startMs, endMs)}. */
  int lateIn(long startMs, long endMs) {
    int sum = 0;
    for (int i = firstFrom(startMs); i < size && startMs(i) < endMs; i++) {
      sum += late(i);
    }
    return sum;
  }

  @Nullable MovingWindow<A> moving() {
    return moving;
  }

  void moving(@Nullable MovingWindow<A> window) {
    moving = window;
  }

  /** The newest panes are the ones asked for: look from the end before searching. */
  private int indexOf(long startMs) {
    if (size == 0 || startMs > startsMs[first + size - 1]) {
      return -size - 1;
    }
    if (startMs == startsMs[first + size - 1]) {
      return size - 1;
    }
    int at = Arrays.binarySearch(startsMs, first, first + size, startMs);
    return at < 0 ? at + first : at - first;
  }

  @SuppressWarnings({"unchecked", "NullAway"}) // slots of panes hold what insert put there
  private A cast(@Nullable Object accumulator) {
    return (A) accumulator;
  }
}
