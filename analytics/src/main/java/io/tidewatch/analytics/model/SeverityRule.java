package io.tidewatch.analytics.model;

import io.tidewatch.schemas.derived.ScoreContext;
import io.tidewatch.schemas.derived.Severity;

/**
 * How unusual an anomaly is among the scores of the day before: critical above their 99th
 * percentile, warning above the 95th, else info. An anomaly that lasts becomes common, and less
 * severe by itself.
 */
public final class SeverityRule {
  /** With fewer scores a 99th percentile is their greatest; an anomaly is a warning then. */
  public static final int LEAST_ROWS = 100;

  private SeverityRule() {}

  /** The severity of a row. */
  public static Severity of(boolean anomaly, double score, ScoreContext context) {
    if (!anomaly) {
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
}
