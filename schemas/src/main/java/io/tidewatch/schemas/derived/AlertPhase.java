package io.tidewatch.schemas.derived;

/** How far an alert is. Told: append, never rename. */
public enum AlertPhase {
  /** The condition holds, but not yet for long enough. */
  PENDING,
  /** It has held for long enough. */
  FIRING,
  /** It holds no longer, but not yet for long enough to be over. */
  RECOVERING,
  /** The episode is over. */
  RESOLVED,
  /** Fewer samples than the rule wants: neither well nor ill. */
  INSUFFICIENT_DATA,
  /** Nothing came for longer than the rule allows. */
  NO_DATA,
  /** It changes so often that it is held open until it is calm. */
  FLAPPING,
  /** It fires and people are not told. */
  SUPPRESSED
}
