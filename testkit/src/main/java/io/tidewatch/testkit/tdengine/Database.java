package io.tidewatch.testkit.tdengine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A database of the stand-in, in memory. */
final class Database {
  /** Days that TDengine keeps rows for, where nothing else is said. */
  static final int KEEP_DAYS = 3650;

  private final Precision precision;
  private final int keepDays;
  private final Map<String, Table.Super> superTables = new LinkedHashMap<>();
  private final Map<String, Table> tables = new LinkedHashMap<>();
  private final Map<String, Table.Super> parents = new LinkedHashMap<>();

  Database(Precision precision, int keepDays) {
    this.precision = precision;
    this.keepDays = keepDays;
  }

  Precision precision() {
    return precision;
  }

  int keepDays() {
    return keepDays;
  }

  /** The oldest time that is not refused. */
  long oldest(long nowMs) {
    return precision.ofMs(nowMs - Duration.ofDays(keepDays).toMillis());
  }

  Table.@Nullable Super superTable(String name) {
    return superTables.get(name);
  }

  @Nullable Table table(String name) {
    return tables.get(name);
  }

  /** The super table that a table is of; null when it is of none. */
  Table.@Nullable Super parent(String table) {
    return parents.get(table);
  }

  boolean holds(String name) {
    return tables.containsKey(name) || superTables.containsKey(name);
  }

  void add(Table.Super superTable) {
    superTables.put(superTable.name(), superTable);
  }

  /** The table of that name, which is {@code made} if there was none. */
  Table add(Table made, Table.@Nullable Super parent) {
    Table there = tables.putIfAbsent(made.name(), made);
    if (there == null && parent != null) {
      parents.put(made.name(), parent);
    }
    return there == null ? made : there;
  }

  /** The tables of a super table, in the order in which they were made. */
  List<Table> tablesOf(Table.Super superTable) {
    List<Table> found = new ArrayList<>();
    parents.forEach(
        (name, parent) -> {
          Table table = tables.get(name);
          if (parent.equals(superTable) && table != null) {
            found.add(table);
          }
        });
    return found;
  }
}
