package io.tidewatch.jobs.backtest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidewatch.schemas.derived.AnomalyScore;
import io.tidewatch.schemas.derived.ModelState;
import io.tidewatch.schemas.derived.ModelStatus;
import io.tidewatch.schemas.derived.ScoreContext;
import io.tidewatch.schemas.derived.Severity;
import io.tidewatch.schemas.derived.Suppression;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Rows of {@code anomaly_scores} as the scores they were made of, as if each were the first. */
final class StoredScores implements StoredRows.Row<AnomalyScore> {
  private static final long serialVersionUID = 1;
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final TypeReference<Map<String, Double>> SHARES = new TypeReference<>() {};

  static final String QUERY =
      """
      SELECT model, entity, metric, window_start, window_end, score, threshold, is_anomaly, suppressed,
        severity, expected, lower, upper, attribution::text, state, model_version, rows, rows_needed, imputed,
        day_rows, day_mean, day_std, day_p95, day_p99, day_percentile
      FROM anomaly_scores
      WHERE window_end >= ? AND window_end < ?
      ORDER BY window_end, model, entity, metric
      """;

  @Override
  public AnomalyScore read(ResultSet row) throws SQLException {
    return new AnomalyScore(
        row.getString("model"),
        row.getString("entity"),
        row.getString("metric"),
        StoredRows.timeMs(row, "window_start"),
        StoredRows.timeMs(row, "window_end"),
        number(row, "score"),
        number(row, "threshold"),
        row.getBoolean("is_anomaly"),
        suppressed(row.getString("suppressed")),
        Severity.valueOf(row.getString("severity").toUpperCase(Locale.ROOT)),
        number(row, "expected"),
        number(row, "lower"),
        number(row, "upper"),
        shares(row.getString("attribution")),
        new ModelStatus(
            ModelState.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
            row.getString("model_version"),
            row.getLong("rows"),
            row.getLong("rows_needed")),
        row.getBoolean("imputed"),
        new ScoreContext(
            row.getLong("day_rows"),
            number(row, "day_mean"),
            number(row, "day_std"),
            number(row, "day_p95"),
            number(row, "day_p99"),
            number(row, "day_percentile")),
        0);
  }

  private static @Nullable Suppression suppressed(@Nullable String code) {
    return code == null ? null : Suppression.valueOf(code.toUpperCase(Locale.ROOT));
  }

  /** {@code NaN} where there is none. */
  private static double number(ResultSet row, String column) throws SQLException {
    double number = row.getDouble(column);
    return row.wasNull() ? Double.NaN : number;
  }

  private static Map<String, Double> shares(String json) throws SQLException {
    try {
      return JSON.readValue(json, SHARES);
    } catch (JsonProcessingException e) {
      throw new SQLException("anomaly_scores.attribution: must be JSON", e);
    }
  }
}
