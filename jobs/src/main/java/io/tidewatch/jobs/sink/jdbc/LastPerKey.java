package io.tidewatch.jobs.sink.jdbc;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The rows of a batch, one a key. A statement of several rows is refused as a whole when two of
 * them have one key (PostgreSQL: 21000), so all but the one that stays are left out before. Memory
 * is that of the rows.
 */
final class LastPerKey<T> {
  private final RowIdentity<T> identity;
  private final Map<Object, T> rows = new LinkedHashMap<>();

  LastPerKey(RowIdentity<T> identity) {
    this.identity = identity;
  }

  void add(T row) {
    rows.merge(
        identity.key(row), row, (held, later) -> identity.replaces(later, held) ? later : held);
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
}
