package io.tidewatch.udfs.window;

import java.util.Objects;
import org.apache.flink.api.java.functions.KeySelector;
import org.jspecify.annotations.Nullable;

/**
 * What travels between the two phases of a window: a record as it came, or a partial, that is some
 * records of one pane of one key added up. Made and read in this package.
 *
 * @param <K> key of a series
 * @param <I> input record
 * @param <A> accumulator of a pane
 */
public final class WindowInput<K, I, A> {
  private final @Nullable I record;
  private final @Nullable K key;
  private final @Nullable A partial;
  private final long startMs;

  private WindowInput(@Nullable I record, @Nullable K key, @Nullable A partial, long startMs) {
    this.record = record;
    this.key = key;
    this.partial = partial;
    this.startMs = startMs;
  }

  static <K, I, A> WindowInput<K, I, A> record(I record) {
    return new WindowInput<>(record, null, null, 0);
  }

  /**
   * @param startMs start of the pane
   */
  static <K, I, A> WindowInput<K, I, A> partial(K key, long startMs, A partial) {
    return new WindowInput<>(null, key, partial, startMs);
  }

  /** The record; null for a partial. */
  @Nullable I record() {
    return record;
  }

  /** Key of a partial; null for a record. */
  @Nullable K key() {
    return key;
  }

  /** The key: a partial has it, that of a record is taken from it. */
  public K key(KeySelector<I, K> ofRecord) throws Exception {
    return record == null ? Objects.requireNonNull(key) : ofRecord.getKey(record);
  }

  /** The accumulator of a partial; null for a record. */
  @Nullable A partial() {
    return partial;
  }

  /** Start of the pane of a partial. */
  long startMs() {
    return startMs;
  }
}
