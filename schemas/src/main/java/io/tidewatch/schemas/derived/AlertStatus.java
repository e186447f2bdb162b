package io.tidewatch.schemas.derived;

/**
 * What a transition of an alert makes of it. {@code RESOLVED} is over, all others are active.
 * Stored and told: append, never rename.
 */
public enum AlertStatus {
  /** The condition has held for long enough. */
  FIRING,
  /** The episode is over. */
  RESOLVED,
  /** It fires, but people are not told: muted, inhibited, or told of the same not long ago. */
  SUPPRESSED,
  /** It changed so often that it is held open until it is calm. */
  FLAPPING,
  /** The series, or all of them, sent nothing for longer than the rule allows. */
  NO_DATA
}
