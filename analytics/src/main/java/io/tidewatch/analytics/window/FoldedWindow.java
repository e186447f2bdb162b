package io.tidewatch.analytics.window;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Panes merged as their window moves on, without subtraction: for what cannot be taken out again,
 * like extremes. Three merges a pane, whatever the overlap.
 *
 * <p>Time is cut into blocks as long as a window. A window ends in one block and begins in the one
 * before, so it is a tail of the earlier and a head of the later one: heads grow pane by pane as
 * they close, tails are all made when the window comes to a new block (M. van Herk, "A fast
 * algorithm for local minimum and maximum filters on rectangular and octagonal kernels", Pattern
 * Recognition Letters 13(7), 1992). The cuts are those of the clock, so the merges, and with them
 * the rounding, are the same after a restart.
 *
 * <p>Error: that of merging each pane once; nothing adds up from window to window. Memory: a fold
 * for each pane of the earlier block that is still in the window. The fire in which a series comes
 * to a new block makes {@code size / slide} merges at once, the others two or three.
 *
 * @param <A> accumulator of a pane
 * @param <F> what is folded of it; may be the accumulator itself
 */
public final class FoldedWindow<A, F> {

  private final long sizeMs;
  private final Supplier<F> empty;
  private final BiConsumer<F, A> add;
  private final BiConsumer<F, F> merge;

  /** Where the block of the window's end begins; {@link Long#MIN_VALUE} before the first call. */
  private long cutMs = Long.MIN_VALUE;

  /** The panes from the cut to there are in the head. */
  private long headEndMs;

  private @Nullable F head;

  /** Folds of the panes from each pane before the cut to the cut; the longest last. */
  private final List<Tail<F>> tails = new ArrayList<>();

  private record Tail<F>(long startMs, F fold) {}

  /**
   * @param sizeMs length of the windows
   * @param empty a fold of nothing
   * @param add adds a pane to a fold
   * @param merge adds the second fold to the first
   */
  public FoldedWindow(
      long sizeMs, Supplier<F> empty, BiConsumer<F, A> add, BiConsumer<F, F> merge) {
    this.sizeMs = sizeMs;
    this.empty = empty;
    this.add = add;
    this.merge = merge;
  }

  /**
   * Heap of such a window right after it came to a new block.
   *
   * @param panes in a window
   * @param fold of one of them
   */
  public static HeapBytes heapBytes(long panes, HeapBytes fold) {
    int fields = 3 * Long.BYTES + 5 * HeapBytes.REFERENCE;
    // What makes, adds and merges, and the list of the tails.
    long others = 4 * HeapBytes.ofObject(2 * HeapBytes.REFERENCE) + HeapBytes.ofObject(12);
    long tail = HeapBytes.ofObject(Long.BYTES + HeapBytes.REFERENCE);
    return fold.times(panes)
        .plus((panes - 1) * tail)
        .plus(HeapBytes.ofArray(listCapacity(panes - 1), HeapBytes.REFERENCE))
        .plus(HeapBytes.ofObject(fields) + others);
  }

  /** Slots of an {@link ArrayList} that has grown to that size. */
  private static long listCapacity(long size) {
    long capacity = size == 0 ? 0 : 10;
    while (capacity < size) {
      capacity += capacity >> 1;
    }
    return capacity;
  }

  /** See {@link MovingWindow#at}. */
  public @Nullable F at(Panes<A> panes, long startMs, long endMs) {
    long blockMs = endMs - 1 - Math.floorMod(endMs - 1, sizeMs);
    if (blockMs != cutMs) {
      cut(panes, startMs, blockMs);
    }
    while (!tails.isEmpty() && tails.get(tails.size() - 1).startMs < startMs) {
      tails.remove(tails.size() - 1);
    }
    for (int i = panes.firstFrom(headEndMs); i < panes.size() && panes.startMs(i) < endMs; i++) {
      if (head == null) {
        head = empty.get();
      }
      add.accept(head, panes.get(i));
    }
    headEndMs = endMs;
    if (tails.isEmpty()) {
      return head;
    }
    F tail = tails.get(tails.size() - 1).fold;
    if (head == null) {
      return tail;
    }
    F both = copy(tail);
    merge.accept(both, head);
    return both;
  }

  private void cut(Panes<A> panes, long startMs, long blockMs) {
    cutMs = blockMs;
    head = null;
    headEndMs = blockMs;
    tails.clear();
    F longest = empty.get();
    for (int i = panes.firstFrom(blockMs) - 1; i >= 0 && panes.startMs(i) >= startMs; i--) {
      longest = copy(longest);
      add.accept(longest, panes.get(i));
      tails.add(new Tail<>(panes.startMs(i), longest));
    }
  }

  private F copy(F fold) {
    F copy = empty.get();
    merge.accept(copy, fold);
    return copy;
  }
}
