package io.tidewatch.jobs.sink;

import io.tidewatch.jobs.sink.jdbc.RowIdentity;
import io.tidewatch.schemas.codec.AnomalyScoreEncoder;
import io.tidewatch.schemas.derived.AnomalyScore;
import io.tidewatch.schemas.derived.ScoreContext;
import io.tidewatch.schemas.derived.Suppression;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.apache.flink.api.connector.sink2.Sink;

/** Anomaly scores as rows of {@code anomaly_scores}. */
public final class ScoreRows {
  static final String UPSERT =
      """
      INSERT INTO anomaly_scores (
        model, entity, metric, window_start, window_end, window_ms, score, threshold, is_anomaly,
        severity, expected, lower, upper, attribution, state, model_version, rows, rows_needed,
        imputed, day_rows, day_mean, day_std, day_p95, day_p99, day_percentile, revision,
        suppressed)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?,
        ?)
      ON CONFLICT (model, entity, metric, window_ms, window_end) DO UPDATE SET
        score = EXCLUDED.score, threshold = EXCLUDED.threshold,
        is_anomaly = EXCLUDED.is_anomaly, severity = EXCLUDED.severity,
        expected = EXCLUDED.expected, lower = EXCLUDED.lower, upper = EXCLUDED.upper,
        attribution = EXCLUDED.attribution, state = EXCLUDED.state,
        model_version = EXCLUDED.model_version, rows = EXCLUDED.rows,
        rows_needed = EXCLUDED.rows_needed, imputed = EXCLUDED.imputed,
        day_rows = EXCLUDED.day_rows, day_mean = EXCLUDED.day_mean, day_std = EXCLUDED.day_std,
        day_p95 = EXCLUDED.day_p95, day_p99 = EXCLUDED.day_p99,
        day_percentile = EXCLUDED.day_percentile, revision = EXCLUDED.revision,
        suppressed = EXCLUDED.suppressed, written_at = now()
      WHERE anomaly_scores.revision <= EXCLUDED.revision
      """;

  private ScoreRows() {}

  public static Sink<AnomalyScore> sink(RowTarget target) {
    return Upsert.sink(target, UPSERT, ScoreRows::bind, new Identity());
  }

  private record Key(String model, String entity, String metric, long windowMs, long windowEndMs) {}

  /** As {@link #UPSERT} has it. */
  static final class Identity implements RowIdentity<AnomalyScore> {
    private static final long serialVersionUID = 1;

    @Override
    public Object key(AnomalyScore row) {
      return new Key(
          row.model(),
          row.entity(),
          row.metric(),
          row.windowEndMs() - row.windowStartMs(),
          row.windowEndMs());
    }

    @Override
    public boolean replaces(AnomalyScore later, AnomalyScore held) {
      return later.revision() >= held.revision();
    }

    @Override
    public long eventTimeMs(AnomalyScore row) {
      return row.windowEndMs();
    }
  }

  static void bind(PreparedStatement row, AnomalyScore score) throws SQLException {
    int i = 1;
    row.setString(i++, score.model());
    row.setString(i++, score.entity());
    row.setString(i++, score.metric());
    row.setObject(i++, Upsert.timestamp(score.windowStartMs()));
    row.setObject(i++, Upsert.timestamp(score.windowEndMs()));
    row.setLong(i++, score.windowEndMs() - score.windowStartMs());
    Upsert.number(row, i++, score.score());
    Upsert.number(row, i++, score.threshold());
    row.setBoolean(i++, score.anomaly());
    row.setString(i++, AnomalyScoreEncoder.code(score.severity()));
    Upsert.number(row, i++, score.expected());
    Upsert.number(row, i++, score.lower());
    Upsert.number(row, i++, score.upper());
    row.setString(i++, JsonColumn.ofNumbers(score.attribution()));
    row.setString(i++, AnomalyScoreEncoder.code(score.status().state()));
    row.setString(i++, score.status().version());
    row.setLong(i++, score.status().rows());
    row.setLong(i++, score.status().rowsNeeded());
    row.setBoolean(i++, score.imputed());
    ScoreContext day = score.context();
    row.setLong(i++, day.rows());
    Upsert.number(row, i++, day.mean());
    Upsert.number(row, i++, day.std());
    Upsert.number(row, i++, day.p95());
    Upsert.number(row, i++, day.p99());
    Upsert.number(row, i++, day.percentile());
    row.setInt(i++, score.revision());
    Suppression suppressed = score.suppressed();
    row.setString(i, suppressed == null ? null : AnomalyScoreEncoder.code(suppressed));
  }
}
