package io.tidewatch.analytics.model;

import io.tidewatch.analytics.decide.RowVerdict;
import io.tidewatch.schemas.derived.AnomalyScore;
import io.tidewatch.schemas.derived.FeatureVector;
import io.tidewatch.schemas.derived.ModelState;
import io.tidewatch.schemas.derived.ModelStatus;
import io.tidewatch.schemas.derived.ScoreContext;
import io.tidewatch.schemas.derived.Severity;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is told of a row.
 *
 * @param vector the row with all its features
 * @param imputed whether a value of it was put in place of a missing one
 * @param rowsNeeded how many rows the first training waits for
 */
public record RowScore(FeatureVector vector, boolean imputed, long rowsNeeded) {
  /** Without a model there is nothing to hold a score against. */
  private static final RowVerdict NOTHING = new RowVerdict(Double.NaN, false, Severity.INFO, null);

  /** Of a row that no model can score yet. */
  public AnomalyScore warmingUp(long learnt) {
    return told(
        Double.NaN,
        NOTHING,
        Map.of(),
        status(ModelState.WARMING_UP, null, Math.min(learnt, rowsNeeded)),
        ScoreContext.NONE);
  }

  /**
   * Of a row that was scored.
   *
   * @param model that scored it
   * @param row its scored features
   * @param score by the model; {@code NaN} where the row has no value
   * @param verdict of the score
   * @param context the scores before it
   */
  public AnomalyScore by(
      ForestModel model, double[] row, double score, RowVerdict verdict, ScoreContext context) {
    return told(
        score,
        verdict,
        verdict.beyond() ? model.attribution(row) : Map.of(),
        status(ModelState.ACTIVE, model.artifact().version(), rowsNeeded),
        context);
  }

  private ModelStatus status(ModelState state, @Nullable String version, long rows) {
    return new ModelStatus(state, version, rows, rowsNeeded);
  }

  private AnomalyScore told(
      double score,
      RowVerdict verdict,
      Map<String, Double> attribution,
      ModelStatus status,
      ScoreContext context) {
    return new AnomalyScore(
        vector.model(),
        vector.deviceId(),
        AnomalyScore.ROW,
        vector.windowStartMs(),
        vector.windowEndMs(),
        score,
        verdict.threshold(),
        verdict.anomaly(),
        verdict.suppressed(),
        verdict.severity(),
        Double.NaN,
        Double.NaN,
        Double.NaN,
        attribution,
        status,
        imputed,
        context,
        vector.revision());
  }
}
