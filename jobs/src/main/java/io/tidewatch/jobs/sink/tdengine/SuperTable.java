package io.tidewatch.jobs.sink.tdengine;

import io.tidewatch.jobs.columns.Column;
import io.tidewatch.jobs.columns.ColumnType;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A super table as rows of one kind are written to it.
 *
 * @param <T> rows
 * @param name its name
 * @param ddl the statements that make it, with the name of the database left open
 * @param time the column of its time, which is the first of a super table
 * @param tags what tells its tables apart, for people and queries
 * @param columns all others
 */
public record SuperTable<T>(
    String name, String ddl, Column<T> time, List<Column<T>> tags, List<Column<T>> columns)
    implements Serializable {

  /**
   * A super table of all columns but those of bytes: of a sketch TDengine can do nothing, and it
   * would take the most of the length that a row may have.
   *
   * @param columns of the rows
   * @param time name of the one that is its time
   * @param tags names of those that are its tags
   */
  public static <T> SuperTable<T> of(
      String name, String ddl, List<Column<T>> columns, String time, Set<String> tags) {
    List<Column<T>> times = new ArrayList<>();
    List<Column<T>> tagged = new ArrayList<>();
    List<Column<T>> others = new ArrayList<>();
    for (Column<T> column : columns) {
      if (column.name().equals(time)) {
        times.add(column);
      } else if (tags.contains(column.name())) {
        tagged.add(column);
      } else if (column.type() != ColumnType.BYTES) {
        others.add(column);
      }
    }
    return new SuperTable<>(name, ddl, times.get(0), tagged, others);
  }
}
