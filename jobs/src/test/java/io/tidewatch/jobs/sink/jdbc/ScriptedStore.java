package io.tidewatch.jobs.sink.jdbc;

import io.tidewatch.schemas.reject.RefusedRow;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A table in memory that fails as it is told to. */
final class ScriptedStore implements BatchStore<TestRow> {
  private static final long serialVersionUID = 1;

  transient Predicate<TestRow> refused = row -> row.key().startsWith("bad");
  final transient Map<String, TestRow> table = new TreeMap<>();
  final transient List<Integer> batches = new ArrayList<>();
  final transient Queue<SQLException> opening = new ArrayDeque<>();
  final transient Queue<SQLException> writing = new ArrayDeque<>();
  transient List<String> ailments = List.of();
  final transient Queue<SQLException> looking = new ArrayDeque<>();
  int looked;
  int opened;
  int disconnected;

  @Override
  public String table() {
    return "scripted";
  }

  @Override
  public void open() throws SQLException {
    if (!opening.isEmpty()) {
      throw opening.remove();
    }
    opened++;
  }

  @Override
  public void write(List<TestRow> rows) throws SQLException {
    if (!writing.isEmpty()) {
      throw writing.remove();
    }
    for (TestRow row : rows) {
      if (refused.test(row)) {
        throw new SQLException("refused " + row.key(), "22021");
      }
    }
    batches.add(rows.size());
    rows.forEach(row -> table.put(row.key(), row));
  }

  @Override
  public List<String> ailments() throws SQLException {
    looked++;
    if (!looking.isEmpty()) {
      throw looking.remove();
    }
    return ailments;
  }

  @Override
  public Outcome outcome(SQLException failure) {
    return Outcome.bySqlState(failure);
  }

  @Override
  public @Nullable SQLException refusal(TestRow row) {
    return row.key().startsWith("old") ? new SQLException("too old") : null;
  }

  @Override
  public RefusedRow describe(TestRow row, SQLException reason) {
    SqlReason said = SqlReason.of(reason);
    return new RefusedRow("test", "scripted", said.code(), said.text(), Map.of("key", row.key()));
  }

  @Override
  public void disconnect() {
    disconnected++;
  }
}
