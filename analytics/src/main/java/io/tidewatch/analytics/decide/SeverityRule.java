package io.tidewatch.analytics.decide;

import io.tidewatch.schemas.derived.ScoreContext;
import io.tidewatch.schemas.derived.Severity;

/**
 * How unusual a score beyond its threshold is in its day: critical above the 99th percentile,
 * warning above the 95th, else info. An anomaly that lasts becomes common, and less severe by
 * itself.
 */
public final class SeverityRule {
  /** With fewer rows a 99th percentile is their greatest; what is beyond is a warning then. */
  public static final int LEAST_ROWS = 100;

  private static final double CRITICAL_PERCENT = 99;
  private static final double WARNING_PERCENT = 95;

  private SeverityRule() {}

  /**
   * The severity of a whole row, by its score among the scores of the day.
   *
   * @param beyond whether the score is beyond its threshold, told or not
   */
  public static Severity of(boolean beyond, double score, ScoreContext context) {
    if (!beyond) {
      return Severity.INFO;
    }
    if (context.rows() < LEAST_ROWS) {
      return Severity.WARNING;
    }
    if (score > context.p99()) {
      return Severity.CRITICAL;
    }
    return score > context.p95() ? Severity.WARNING : Severity.INFO;
  }

  /**
   * The severity of a single metric, by its value among the values of the day: either end of them
   * counts, since a value may fall as it may rise. One that is usual at another time of the day is
   * info.
   */
  public static Severity ofValue(boolean beyond, ScoreContext context) {
    if (!beyond) {
      return Severity.INFO;
    }
    if (context.rows() < LEAST_ROWS) {
      return Severity.WARNING;
    }
    double out = Math.max(context.percentile(), 100 - context.percentile());
    if (out > CRITICAL_PERCENT) {
      return Severity.CRITICAL;
    }
    return out > WARNING_PERCENT ? Severity.WARNING : Severity.INFO;
  }
}
