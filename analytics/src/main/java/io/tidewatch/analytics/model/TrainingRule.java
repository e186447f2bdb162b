package io.tidewatch.analytics.model;

import java.io.Serializable;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * When a model is trained.
 *
 * @param warmUpRows rows the first training waits for, at least {@value HistoryRule#LEAST_ROWS}
 * @param everyRows again after so many rows; 0: never for that reason
 * @param everyAge again when the key has had its model for that long, in event time; zero: never
 *     for that reason
 * @param driftPsi again when the population stability index of the scores is above it; 0: never for
 *     that reason. See {@link PopulationStability}
 * @param driftRows scores of which drift is told, at least {@value HistoryRule#LEAST_ROWS}
 */
public record TrainingRule(
    int warmUpRows, long everyRows, Duration everyAge, double driftPsi, int driftRows)
    implements Serializable {

  public TrainingRule {
    requireLeast("warm_up_rows", warmUpRows, HistoryRule.LEAST_ROWS);
    if (everyRows != 0) {
      requireLeast("every_rows", everyRows, HistoryRule.LEAST_ROWS);
    }
    if (everyAge.isNegative()) {
      throw new IllegalArgumentException("every_age: must be ≥ PT0S, was " + everyAge);
    }
    if (!(driftPsi >= 0 && driftPsi < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("drift_psi: must be ≥ 0, was " + driftPsi);
    }
    requireLeast("drift_rows", driftRows, HistoryRule.LEAST_ROWS);
  }

  /**
   * Why a training is due, of several the first in the order of the enum; null when none is. None
   * is before the history holds as many rows as the first training waits for: the first model may
   * have come from elsewhere, and one of a few rows must not take its place.
   *
   * @param hasModel whether there is one
   * @param sampled rows in the history
   * @param rows learnt since the last training, or since the beginning where there was none
   * @param ageMs for how long the key has had its model, in event time
   * @param psi of the scores; {@code NaN} where there are too few of them
   */
  public @Nullable TrainingCause due(
      boolean hasModel, int sampled, long rows, long ageMs, double psi) {
    if (sampled < warmUpRows) {
      return null;
    }
    if (!hasModel) {
      return rows >= warmUpRows ? TrainingCause.WARM_UP : null;
    }
    if (everyRows > 0 && rows >= everyRows) {
      return TrainingCause.COUNT;
    }
    if (!everyAge.isZero() && ageMs >= everyAge.toMillis()) {
      return TrainingCause.AGE;
    }
    return driftPsi > 0 && psi > driftPsi ? TrainingCause.DRIFT : null;
  }

  private static void requireLeast(String key, long value, long least) {
    if (value < least) {
      throw new IllegalArgumentException("%s: must be ≥ %d, was %d".formatted(key, least, value));
    }
  }
}
