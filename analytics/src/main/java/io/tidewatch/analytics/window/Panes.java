package io.tidewatch.analytics.window;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The panes of one series: accumulators in order of their start, at most {@code size / slide} of
 * them plus those that are ahead of the watermark. Not thread-safe; mutated in place.
 *
 * @param <A> accumulator
 */
public final class Panes<A> {
  /** Most series hold few panes at a time; grown by doubling. */
  private static final int INITIAL_CAPACITY = 4;

  private long[] startsMs = new long[INITIAL_CAPACITY];
  private @Nullable Object[] accumulators = new Object[INITIAL_CAPACITY];
  private int size;

  public int size() {
    return size;
  }

  public boolean isEmpty() {
    return size == 0;
  }

  /** Start of the i-th pane in order of time, milliseconds since the epoch. */
  public long startMs(int i) {
    return startsMs[i];
  }

  /** The i-th pane in order of time. */
  public A get(int i) {
    return cast(accumulators[i]);
  }

  /** The pane that starts then, or null. */
  public @Nullable A find(long startMs) {
    int i = indexOf(startMs);
    return i < 0 ? null : get(i);
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
    i = -i - 1;
    if (size == startsMs.length) {
      startsMs = Arrays.copyOf(startsMs, 2 * size);
      accumulators = Arrays.copyOf(accumulators, 2 * size);
    }
    System.arraycopy(startsMs, i, startsMs, i + 1, size - i);
    System.arraycopy(accumulators, i, accumulators, i + 1, size - i);
    startsMs[i] = startMs;
    accumulators[i] = accumulator;
    size++;
  }

  /** Forgets the panes that start before that. */
  public void dropBefore(long startMs) {
    int gone = 0;
    while (gone < size && startsMs[gone] < startMs) {
      gone++;
    }
    System.arraycopy(startsMs, gone, startsMs, 0, size - gone);
    System.arraycopy(accumulators, gone, accumulators, 0, size - gone);
    Arrays.fill(accumulators, size - gone, size, null);
    size -= gone;
  }

  /** The newest panes are the ones asked for: look from the end before searching. */
  private int indexOf(long startMs) {
    if (size == 0 || startMs > startsMs[size - 1]) {
      return -size - 1;
    }
    if (startMs == startsMs[size - 1]) {
      return size - 1;
    }
    return Arrays.binarySearch(startsMs, 0, size, startMs);
  }

  @SuppressWarnings({"unchecked", "NullAway"}) // slots below size hold what insert put there
  private A cast(@Nullable Object accumulator) {
    return (A) accumulator;
  }
}
