package io.tidewatch.analytics.alert;

import java.io.Serializable;

/**
 * What is remembered of one series under one rule. No state at all means inactive. All times are
 * event times in milliseconds since the epoch.
 *
 * @param phase how far the alert is
 * @param sinceMs first sample of the episode, at which the condition became true
 * @param firedAtMs sample at which it had held long enough; {@code sinceMs} while pending
 * @param lastSeenMs last sample that was taken into account; once resolved, the one that resolved
 *     it
 * @param lastValue value of that sample
 */
public record AlertState(
    Phase phase, long sinceMs, long firedAtMs, long lastSeenMs, double lastValue)
    implements Serializable {

  /** How far an alert is. Stored: append, never rename. */
  public enum Phase {
    /** The condition is true, but not yet for long enough. */
    PENDING,
    /** The condition has held for long enough, people were told. */
    FIRING,
    /**
     * A false sample has ended it. Remembered for {@code staleAfter}, so that samples of the
     * episode that arrive once more do not begin another one.
     */
    OVER
  }
}
