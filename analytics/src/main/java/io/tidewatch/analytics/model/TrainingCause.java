package io.tidewatch.analytics.model;

/** Why a model is trained. */
public enum TrainingCause {
  /** There is none yet, and enough rows. */
  WARM_UP,
  /** So many rows came since the last one. */
  COUNT,
  /** The last one is that old. */
  AGE,
  /** Scores are no longer distributed as they were at the last training. */
  DRIFT
}
