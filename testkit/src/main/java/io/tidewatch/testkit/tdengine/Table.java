package io.tidewatch.testkit.tdengine;

import java.util.Arrays;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A table with its rows, by time: of a super table, or by itself. */
final class Table {
  private final String name;
  private final List<Column> columns;
  private final Object[] tags;
  private final NavigableMap<Long, Object[]> rows = new TreeMap<>();

  /**
   * @param columns the time first
   * @param tags their values, in the order of the super table; empty without one
   */
  Table(String name, List<Column> columns, Object[] tags) {
    this.name = name;
    this.columns = columns;
    this.tags = tags;
  }

  String name() {
    return name;
  }

  List<Column> columns() {
    return columns;
  }

  /** Columns and then tags of each row, in the order of time. */
  List<Object[]> rows() {
    return rows.values().stream()
        .map(
            row -> {
              Object[] whole = Arrays.copyOf(row, row.length + tags.length);
              System.arraycopy(tags, 0, whole, row.length, tags.length);
              return whole;
            })
        .toList();
  }

  /**
   * Writes a row over the one of that time, if there is one: a column that is given is replaced, by
   * nothing too; one that is not keeps its value.
   *
   * @param at place of each given column
   */
  void upsert(int[] at, Object[] given) {
    Object[] row = new Object[columns.size()];
    for (int i = 0; i < at.length; i++) {
      row[at[i]] = given[i];
    }
    Object[] old = rows.get((Long) row[0]);
    if (old != null) {
      for (int i = 0; i < at.length; i++) {
        old[at[i]] = given[i];
      }
    } else {
      rows.put((Long) row[0], row);
    }
  }

  /** Place of a column; −1 when there is none. */
  static int place(List<Column> columns, String name) {
    for (int i = 0; i < columns.size(); i++) {
      if (columns.get(i).name().equals(name)) {
        return i;
      }
    }
    return -1;
  }

  /** A super table. */
  record Super(String name, List<Column> columns, List<Column> tags) {
    @Nullable Column tag(String name) {
      int at = place(tags, name);
      return at < 0 ? null : tags.get(at);
    }
  }
}
