package io.tidewatch.analytics.window;

import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Panes added up as they close and subtracted as they leave: for what can be subtracted without a
 * trace, like counts and exact sums. What cannot, like extremes, is folded and told to the sum. Two
 * operations a pane and those of the folds, whatever the overlap.
 *
 * <p>Error: none but that of the panes; it is for the accumulator to be the same whatever was added
 * and subtracted again. Memory: one accumulator and the folds.
 *
 * @param <A> accumulator of a pane
 * @param <F> what of it is folded
 */
public final class SubtractingWindow<A, F> implements MovingWindow<A> {
  private final Supplier<A> empty;
  private final BiConsumer<A, A> add;
  private final BiConsumer<A, A> subtract;
  private final FoldedWindow<A, F> folds;
  private final BiConsumer<A, F> tell;

  /** Of the panes that start in {@code [fromMs, untilMs)} and have not left. */
  private A sum;

  /** How many panes these are. */
  private int panesIn;

  private long fromMs = Long.MIN_VALUE;
  private long untilMs = Long.MIN_VALUE;

  /**
   * @param empty a sum of nothing
   * @param add adds the second to the first
   * @param subtract takes out of the first the second, which was added before
   * @param folds what cannot be subtracted
   * @param tell replaces in a sum what is folded
   */
  public SubtractingWindow(
      Supplier<A> empty,
      BiConsumer<A, A> add,
      BiConsumer<A, A> subtract,
      FoldedWindow<A, F> folds,
      BiConsumer<A, F> tell) {
    this.empty = empty;
    this.add = add;
    this.subtract = subtract;
    this.folds = folds;
    this.tell = tell;
    this.sum = empty.get();
  }

  /**
   * Heap of such a window right after it came to a new block.
   *
   * @param panes in a window
   * @param accumulator of their sum
   * @param fold of one of them
   */
  public static HeapBytes heapBytes(long panes, HeapBytes accumulator, HeapBytes fold) {
    return FoldedWindow.heapBytes(panes, fold)
        .plus(accumulator)
        .plus(HeapBytes.ofObject(2 * Long.BYTES + Integer.BYTES + 6 * HeapBytes.REFERENCE))
        .plus(HeapBytes.ofObject(2 * HeapBytes.REFERENCE)); // what makes the sum
  }

  @Override
  public @Nullable A at(Panes<A> panes, long startMs, long endMs) {
    leave(panes, startMs);
    for (int i = panes.firstFrom(Math.max(untilMs, startMs));
        i < panes.size() && panes.startMs(i) < endMs;
        i++) {
      add.accept(sum, panes.get(i));
      panesIn++;
    }
    untilMs = endMs;
    F fold = folds.at(panes, startMs, endMs);
    if (fold == null) {
      return null;
    }
    tell.accept(sum, fold);
    return sum;
  }

  @Override
  public void leave(Panes<A> panes, long startMs) {
    long endMs = Math.min(startMs, untilMs);
    for (int i = panes.firstFrom(fromMs); i < panes.size() && panes.startMs(i) < endMs; i++) {
      subtract.accept(sum, panes.get(i));
      panesIn--;
    }
    fromMs = startMs;
    if (panesIn == 0) {
      sum = empty.get();
    }
  }
}
