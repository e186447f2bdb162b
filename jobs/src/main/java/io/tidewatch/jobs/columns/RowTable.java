package io.tidewatch.jobs.columns;

import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rows of one stream as a table.
 *
 * @param <T> rows
 */
public interface RowTable<T> extends Serializable {

  /** Of the table, the same wherever it lies. */
  String name();

  /** The telemetry model that a row belongs to; null where rows of this table have none. */
  @Nullable String model(T row);

  /**
   * All columns but that of the model.
   *
   * @param model whose rows they are; null where there is none
   * @throws IllegalArgumentException when there is no such model
   */
  List<Column<T>> columns(@Nullable String model);

  /** When it was, milliseconds since the epoch. */
  long eventTimeMs(T row);
}
