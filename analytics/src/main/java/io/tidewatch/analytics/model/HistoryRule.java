package io.tidewatch.analytics.model;

import io.tidewatch.analytics.forest.IsolationForest;
import io.tidewatch.schemas.derived.FeatureVector;
import java.io.Serializable;
import java.time.Duration;

/**
 * What a model is trained from.
 *
 * @param rows of the history, {@value #LEAST_ROWS} to {@value #MOST_ROWS}
 * @param halfLife a row this much older than another stays half as likely; at least a second
 * @param maxImputedRatio a row is not learnt when more than this share of the values of a field was
 *     put in place of missing ones; 0 to 1
 */
public record HistoryRule(int rows, Duration halfLife, double maxImputedRatio)
    implements Serializable {

  /** As many as the first training must have at least. */
  public static final int LEAST_ROWS = 100;

  /** All are read, sorted and scored at a training: some ten thousand would be felt. */
  public static final int MOST_ROWS = 16_384;

  public HistoryRule {
    if (rows < LEAST_ROWS || rows > MOST_ROWS) {
      throw new IllegalArgumentException(
          "rows: must be %d to %d, was %d".formatted(LEAST_ROWS, MOST_ROWS, rows));
    }
    if (halfLife.compareTo(Duration.ofSeconds(1)) < 0) {
      throw new IllegalArgumentException("half_life: must be ≥ PT1S, was " + halfLife);
    }
    if (!(maxImputedRatio >= 0 && maxImputedRatio <= 1)) {
      throw new IllegalArgumentException(
          "max_imputed_ratio: must be 0 to 1, was " + maxImputedRatio);
    }
  }

  /**
   * Whether a row is learnt: told for the first time (what is corrected was learnt already), with a
   * value, and not too much of it put in place of missing ones.
   *
   * @param row the scored features of the vector
   */
  public boolean learns(FeatureVector vector, FeatureSelection features, double[] row) {
    return vector.revision() == 0
        && IsolationForest.missing(row) < row.length
        && features.imputedRatio(vector) <= maxImputedRatio;
  }
}
