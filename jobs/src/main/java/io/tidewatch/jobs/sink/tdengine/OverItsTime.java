package io.tidewatch.jobs.sink.tdengine;

import io.tidewatch.jobs.sink.jdbc.RowIdentity;
import java.util.List;

/**
 * A row is written over the one of its table and time, whatever that says: TDengine has no
 * statement that looks at what is there. The one told later stays.
 */
public final class OverItsTime<T> implements RowIdentity<T> {
  private static final long serialVersionUID = 1;

  private final SuperTables<T> tables;

  public OverItsTime(SuperTables<T> tables) {
    this.tables = tables;
  }

  /** The parts in place of the name, which is a hash that only the statement needs. */
  private record Key(List<String> parts, long timeMs) {}

  @Override
  public Object key(T row) {
    return new Key(tables.partsOf(row), tables.timeMsOf(row));
  }

  @Override
  public boolean replaces(T later, T held) {
    return true;
  }

  @Override
  public long eventTimeMs(T row) {
    return tables.timeMsOf(row);
  }
}
