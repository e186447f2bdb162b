package io.tidewatch.analytics.detect;

/** How far a detector is. */
public enum DetectorState {
  /** Too few rows to say what is unlike them; all scores are 0. */
  WARMING_UP,
  /** Each row with a value is judged. */
  ACTIVE
}
