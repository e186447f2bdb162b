package io.tidewatch.jobs.sink.jdbc;

import java.io.Serializable;

/**
 * What makes two rows the same one in the table, and which of them stays.
 *
 * @param <T> rows, which nobody changes after they were handed over
 */
public interface RowIdentity<T> extends Serializable {

  /** The natural key, with value equality. */
  Object key(T row);

  /**
   * Whether a row takes the place of one of its key that came before it: the higher revision, of
   * the same revision the one told later. It must decide as the statement of the table does, so
   * that a batch leaves what its rows would leave one by one.
   */
  boolean replaces(T later, T held);

  /**
   * Event time of the row, milliseconds since the epoch, {@code Long.MIN_VALUE} where it has none;
   * how far behind the table is.
   */
  long eventTimeMs(T row);
}
