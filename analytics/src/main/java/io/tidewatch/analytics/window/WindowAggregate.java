package io.tidewatch.analytics.window;

import io.tidewatch.schemas.model.WindowSpec;
import java.io.Serializable;

/**
 * What is computed over a sliding window. Records are added to a pane (one accumulator a slide);
 * the panes of a window are merged when it fires. Merging is associative, so a record costs the
 * same whatever the overlap of the windows.
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
   * The result of the window {@code [startMs, endMs)}, of which at least one record was added.
   *
   * @param merged all panes of the window
   */
  R result(K key, long startMs, long endMs, A merged);

  /** How accumulators are written to state. */
  AccumulatorCodec<A> codec();
}
