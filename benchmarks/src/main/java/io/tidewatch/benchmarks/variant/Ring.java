package io.tidewatch.benchmarks.variant;

import java.util.Arrays;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The panes of one key in a ring, by number of the slide: what the prototypes keep instead of a
 * map. Has room for the panes of a window and {@value #AHEAD} that are ahead of the watermark.
 */
final class Ring<S> {
  /** Sources are at most three seconds ahead of the slowest; twice that, and one expired. */
  private static final int AHEAD = 7;

  private static final long NONE = Long.MIN_VALUE;

  private final long[] panes;
  private final @Nullable Object[] sketches;
  private int size;

  Ring(int overlap) {
    this(overlap + AHEAD, true);
  }

  private Ring(int capacity, boolean empty) {
    panes = new long[capacity];
    sketches = new Object[capacity];
    if (empty) {
      Arrays.fill(panes, NONE);
    }
  }

  @SuppressWarnings("unchecked") // put is the only way in
  @Nullable S get(long pane) {
    int slot = (int) (pane % panes.length);
    return panes[slot] == pane ? (S) sketches[slot] : null;
  }

  void put(long pane, S sketch) {
    int slot = (int) (pane % panes.length);
    if (panes[slot] != NONE) {
      throw new IllegalStateException("pane " + panes[slot] + " is in the way of " + pane);
    }
    panes[slot] = pane;
    sketches[slot] = sketch;
    size++;
  }

  /** The pane, which is there no more; null when there was none. */
  @Nullable S remove(long pane) {
    S sketch = get(pane);
    if (sketch != null) {
      int slot = (int) (pane % panes.length);
      panes[slot] = NONE;
      sketches[slot] = null;
      size--;
    }
    return sketch;
  }

  boolean isEmpty() {
    return size == 0;
  }

  int size() {
    return size;
  }

  int capacity() {
    return panes.length;
  }

  /** Numbers of the panes, in no order. */
  long[] numbers() {
    return Arrays.stream(panes).filter(pane -> pane != NONE).toArray();
  }

  Ring<S> copy(UnaryOperator<S> copyOf) {
    Ring<S> copy = new Ring<>(panes.length, false);
    System.arraycopy(panes, 0, copy.panes, 0, panes.length);
    for (long pane : panes) {
      S sketch = pane == NONE ? null : get(pane);
      if (sketch != null) {
        copy.sketches[(int) (pane % panes.length)] = copyOf.apply(sketch);
      }
    }
    copy.size = size;
    return copy;
  }

  static <S> Ring<S> ofCapacity(int capacity) {
    return new Ring<>(capacity, true);
  }
}
