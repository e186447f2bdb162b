package io.tidewatch.analytics.alert.life;

import java.io.Serializable;

/**
 * How far the condition of one rule is for one series, whether or not anybody is told. All times
 * are event times in milliseconds since the epoch, {@link #NEVER} where there is none.
 *
 * @param phase how far
 * @param sinceMs when the condition became true, or the series fell silent
 * @param firedAtMs when that had lasted for long enough; {@code sinceMs} before
 * @param notTrueSinceMs when the condition of what fires ceased to hold
 * @param clearSinceMs since when what fires is clear
 * @param lastJudgedMs the last record that had enough samples
 * @param lastSeenMs the last record that was taken into account
 * @param lastValue of the last one that was judged; {@code NaN} where there is none
 */
public record Held(
    Phase phase,
    long sinceMs,
    long firedAtMs,
    long notTrueSinceMs,
    long clearSinceMs,
    long lastJudgedMs,
    long lastSeenMs,
    double lastValue)
    implements Serializable {

  /** No such time. */
  public static final long NEVER = Long.MIN_VALUE;

  /** Nothing was seen. */
  static final Held NOTHING =
      new Held(Phase.INACTIVE, NEVER, NEVER, NEVER, NEVER, NEVER, NEVER, Double.NaN);

  /** How far. Stored: append, never rename. */
  public enum Phase {
    /** The condition does not hold. */
    INACTIVE,
    /** It holds, but not yet for long enough. */
    PENDING,
    /** It has held for long enough. */
    FIRING,
    /** It holds no longer, but not yet for long enough to be over. */
    RECOVERING,
    /** Records have too few samples to say anything. */
    INSUFFICIENT_DATA,
    /** The series, or all of them, fell silent. */
    NO_DATA
  }

  /** Whether something is to be told. */
  boolean isOn() {
    return phase == Phase.FIRING || phase == Phase.RECOVERING || phase == Phase.NO_DATA;
  }

  /** Whether the condition waits for the next record. */
  boolean isWaiting() {
    return phase == Phase.PENDING || phase == Phase.FIRING || phase == Phase.RECOVERING;
  }

  boolean hasSeen(long timeMs) {
    return timeMs <= lastSeenMs;
  }

  /** The same in another phase. */
  Held in(Phase next) {
    return new Held(
        next,
        sinceMs,
        firedAtMs,
        notTrueSinceMs,
        clearSinceMs,
        lastJudgedMs,
        lastSeenMs,
        lastValue);
  }

  /** The same, begun anew. */
  Held begun(Phase next, long since, long firedAt) {
    return new Held(next, since, firedAt, NEVER, NEVER, lastJudgedMs, lastSeenMs, lastValue);
  }

  /** The same with other times since which it no longer holds. */
  Held ceasing(Phase next, long notTrueSince, long clearSince) {
    return new Held(
        next, sinceMs, firedAtMs, notTrueSince, clearSince, lastJudgedMs, lastSeenMs, lastValue);
  }

  /** The same after a record that says nothing. */
  Held seen(long timeMs) {
    return new Held(
        phase, sinceMs, firedAtMs, notTrueSinceMs, clearSinceMs, lastJudgedMs, timeMs, lastValue);
  }

  /** The same after a record that says something. */
  Held judged(long timeMs, double value) {
    return new Held(phase, sinceMs, firedAtMs, notTrueSinceMs, clearSinceMs, timeMs, timeMs, value);
  }
}
