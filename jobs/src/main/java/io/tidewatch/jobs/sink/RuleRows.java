package io.tidewatch.jobs.sink;

import io.tidewatch.jobs.config.PostgresConfig;
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

  public static Sink<RuleStatus> sink(PostgresConfig config) {
    return Upsert.sink(config, UPSERT, RuleRows::bind);
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
