package io.tidewatch.jobs.sink;

import io.tidewatch.jobs.sink.jdbc.RowIdentity;
import io.tidewatch.schemas.codec.RuleStatusCodec;
import io.tidewatch.schemas.rule.RuleStatus;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.apache.flink.api.connector.sink2.Sink;

/** What becomes of rules as rows of {@code alert_rules}; {@code notes} belong to people. */
public final class RuleRows {
  static final String UPSERT =
      """
      INSERT INTO alert_rules (job, rule, state, version, reason, matched_series, definition)
      VALUES (?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (job, rule) DO UPDATE SET
        state = EXCLUDED.state, version = EXCLUDED.version, reason = EXCLUDED.reason,
        matched_series = EXCLUDED.matched_series, definition = EXCLUDED.definition,
        written_at = now()
      """;

  private RuleRows() {}

  public static Sink<RuleStatus> sink(RowTarget target) {
    return Upsert.sink(target, UPSERT, RuleRows::bind, new Identity());
  }

  private record Key(String job, String rule) {}

  /** As {@link #UPSERT} has it. */
  private static final class Identity implements RowIdentity<RuleStatus> {
    private static final long serialVersionUID = 1;

    @Override
    public Object key(RuleStatus row) {
      return new Key(row.job(), row.rule());
    }

    @Override
    public boolean replaces(RuleStatus later, RuleStatus held) {
      return true;
    }

    /** It has none. */
    @Override
    public long eventTimeMs(RuleStatus row) {
      return Long.MIN_VALUE;
    }
  }

  static void bind(PreparedStatement row, RuleStatus status) throws SQLException {
    row.setString(1, status.job());
    row.setString(2, status.rule());
    row.setString(3, RuleStatusCodec.code(status.state()));
    row.setString(4, status.version());
    row.setString(5, status.reason());
    row.setLong(6, status.matchedSeries());
    row.setString(7, status.definition());
  }
}
