package io.tidewatch.testkit.tdengine;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Rows for one table, not yet stored.
 *
 * @param table made when rows are stored, where there is none of its name
 * @param parent the super table it is of; null for none
 * @param columns those that are given
 * @param rows a value for each of them; null is missing
 */
record TableRows(
    Database database,
    Table table,
    Table.@Nullable Super parent,
    List<Column> columns,
    List<Object[]> rows) {

  /**
   * Stores all of them or none.
   *
   * @return how many different times they have, each table by itself
   * @throws TdengineError when a time is missing, or too old
   */
  static int store(List<TableRows> all, long nowMs) {
    for (TableRows each : all) {
      each.requireTimes(nowMs);
    }
    Map<Table, Set<Object>> times = new HashMap<>();
    for (TableRows each : all) {
      Table table = each.database.add(each.table, each.parent);
      int[] at = new int[each.columns.size()];
      for (int i = 0; i < at.length; i++) {
        at[i] = Table.place(table.columns(), each.columns.get(i).name());
      }
      int time = each.time();
      for (Object[] row : each.rows) {
        table.upsert(at, row);
        times.computeIfAbsent(table, none -> new HashSet<>()).add(row[time]);
      }
    }
    return times.values().stream().mapToInt(Set::size).sum();
  }

  private void requireTimes(long nowMs) {
    int time = time();
    for (Object[] row : rows) {
      if (time < 0 || row[time] == null) {
        throw TdengineError.noTimestamp();
      }
      if ((Long) row[time] < database.oldest(nowMs)) {
        throw TdengineError.outOfRange();
      }
    }
  }

  private int time() {
    return Table.place(columns, table.columns().get(0).name());
  }
}
