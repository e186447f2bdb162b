package io.tidewatch.schemas.derived;

/** How unusual an anomaly is among the scores of the last day. */
public enum Severity {
  /** No anomaly, or one among scores that are common by now. */
  INFO,
  /** Above the 95th percentile. */
  WARNING,
  /** Above the 99th percentile. */
  CRITICAL
}
