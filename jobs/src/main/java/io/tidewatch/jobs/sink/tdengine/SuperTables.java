package io.tidewatch.jobs.sink.tdengine;

import io.tidewatch.jobs.columns.Column.Value;
import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where the rows of a stream lie in TDengine. A row is written over the one of its table and time.
 *
 * @param <T> rows
 * @param all super tables
 * @param superTable name of that of a row
 * @param table name of its table in there, which no other super table has
 * @param timeMs its time, milliseconds since the epoch
 */
public record SuperTables<T>(
    List<SuperTable<T>> all,
    Value<T, String> superTable,
    Value<T, String> table,
    Value<T, Long> timeMs)
    implements Serializable {

  String superTableOf(T row) {
    return given(superTable.of(row));
  }

  String tableOf(T row) {
    return given(table.of(row));
  }

  long timeMsOf(T row) {
    return given(timeMs.of(row));
  }

  private static <V> V given(@Nullable V value) {
    if (value == null) {
      throw new IllegalStateException("a row must have a table and a time");
    }
    return value;
  }
}
