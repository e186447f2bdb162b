package io.tidewatch.analytics.window;

import io.tidewatch.schemas.model.WindowSpec;
import java.io.Serializable;
import java.util.List;

/**
 * What is computed over a sliding window. Records are added to a pane (one accumulator a slide);
 * when a window fires, the panes that closed since the last are merged into what is kept of it.
 * Merging is associative, so neither a record nor a fire costs more when windows overlap more.
 *
 * @param <K> key of a series, with value equality
 * @param <I> input record
 * @param <A> accumulator, mutable
 * @param <R> result of one window
 */
public interface WindowAggregate<K, I, A, R> extends Serializable {

  /** The windows of this series. */
  WindowSpec window(K key);

  /** An empty accumulator for a pane or a window of this series. */
  A create(K key);

  /** Adds one record. */
  void add(A pane, I record);

  /** Adds all that {@code from} holds; {@code from} stays as it is. */
  void merge(A into, A from);

  /**
   * What the windows of this series are computed with; made anew after each restart. Where panes
   * can be subtracted exactly there is something cheaper than merging, which always works.
   */
  default MovingWindow<A> moving(K key) {
    FoldedWindow<A, A> folds =
        new FoldedWindow<>(window(key).sizeMs(), () -> create(key), this::merge, this::merge);
    return folds::at;
  }

  /**
   * The result of the window {@code [startMs, endMs)}, of which at least one record was added.
   *
   * @param merged all panes of the window; neither changed nor kept
   */
  R result(K key, long startMs, long endMs, A merged);

  /**
   * A result as the correction of one that was told before.
   *
   * @param revision how many of its records came after that; 1 or more
   */
  default R revised(R result, int revision) {
    return result;
  }

  /** What is counted over the results, corrections among them. */
  default List<ResultCounter<R>> counters() {
    return List.of();
  }

  /** Heap of a pane of this series with all it refers to. */
  HeapBytes paneBytes(K key);

  /** Heap of what {@link #moving} makes, without the panes, when it holds most. */
  default HeapBytes movingBytes(K key) {
    WindowSpec window = window(key);
    return FoldedWindow.heapBytes(window.sizeMs() / window.slideMs(), paneBytes(key));
  }

  /** How accumulators are written to state. */
  AccumulatorCodec<A> codec();
}
