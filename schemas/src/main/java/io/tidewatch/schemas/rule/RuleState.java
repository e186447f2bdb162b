package io.tidewatch.schemas.rule;

/** What a job makes of a rule. Stored and told: append, never rename. */
public enum RuleState {
  /** It is held against what passes. */
  ACCEPTED,
  /** What was told last cannot be used; the version before it, if any, stays. */
  REFUSED,
  /**
   * It cannot match or has not matched yet: its metric is none of this job, or no series has its
   * labels.
   */
  NEVER_MATCHED,
  /** It was taken away. */
  REMOVED
}
