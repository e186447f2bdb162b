package io.tidewatch.jobs.sink.jdbc;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a batch, one a key. A statement of several rows is refused as a whole when two of
 * them have one key (PostgreSQL: 21000), so all but the one that stays are left out before. The one
 * whose place it took is kept beside it, for the case that the database refuses the one that stays.
 * Memory is that of two rows a key at most.
 */
final class LastPerKey<T> {
  private final RowIdentity<T> identity;
  private final Map<Object, T> rows = new LinkedHashMap<>();
  private final Map<Object, T> replaced = new LinkedHashMap<>();

  LastPerKey(RowIdentity<T> identity) {
    this.identity = identity;
  }

  void add(T row) {
    Object key = identity.key(row);
    T held = rows.get(key);
    if (held == null) {
      rows.put(key, row);
    } else if (identity.replaces(row, held)) {
      rows.put(key, row);
      replaced.put(key, held);
    }
  }

  int size() {
    return rows.size();
  }

  /** The rows in the order in which their keys came, and none are left. */
  List<T> drain() {
    List<T> drained = new ArrayList<>(rows.values());
    rows.clear();
    return drained;
  }

  /** The row whose place a drained one took, once; null where there was none. */
  @Nullable T takeReplaced(T row) {
    return replaced.remove(identity.key(row));
  }

  /** Keeps no row that was replaced. */
  void forgetReplaced() {
    replaced.clear();
  }
}
