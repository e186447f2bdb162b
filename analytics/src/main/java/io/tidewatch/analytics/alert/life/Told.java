package io.tidewatch.analytics.alert.life;

import io.tidewatch.schemas.derived.AlertStatus;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * What was told of an alert. All times are event times in milliseconds since the epoch, {@link
 * Held#NEVER} where there is none.
 *
 * @param open whether an episode was told that is not over
 * @param kind what it is: firing, flapping or no data; of a closed one what it was last
 * @param startedAtMs when it began
 * @param firedAtMs when it fired
 * @param notified whether people were told that it is there
 * @param quietBy why they were not; null when they were
 * @param lookAtMs when that may have changed
 * @param notifiedAtMs when people were told last that an episode is there, of whichever
 */
public record Told(
    boolean open,
    AlertStatus kind,
    long startedAtMs,
    long firedAtMs,
    boolean notified,
    @Nullable String quietBy,
    long lookAtMs,
    long notifiedAtMs)
    implements Serializable {

  /** Nothing was told. */
  static final Told NOTHING =
      new Told(
          false,
          AlertStatus.FIRING,
          Held.NEVER,
          Held.NEVER,
          false,
          null,
          Long.MAX_VALUE,
          Held.NEVER);

  /** Whether an episode goes on of which people were not told. */
  boolean waitsToBeTold() {
    return open && !notified;
  }

  /** An episode begins of which nothing was told yet. */
  Told opened(AlertStatus newKind, long startedMs, long firedMs) {
    return new Told(true, newKind, startedMs, firedMs, false, null, Long.MAX_VALUE, notifiedAtMs);
  }

  /** The episode is something else now. */
  Told as(AlertStatus newKind) {
    return new Told(
        open, newKind, startedAtMs, firedAtMs, notified, quietBy, lookAtMs, notifiedAtMs);
  }

  /** People are told. */
  Told toPeople(long atMs) {
    return new Told(open, kind, startedAtMs, firedAtMs, true, null, Long.MAX_VALUE, atMs);
  }

  /** People are not told, and were not before. */
  Told quietly(String reason, long untilMs) {
    return new Told(open, kind, startedAtMs, firedAtMs, false, reason, untilMs, notifiedAtMs);
  }

  /** The episode is over. */
  Told closed() {
    return new Told(false, kind, startedAtMs, firedAtMs, false, null, Long.MAX_VALUE, notifiedAtMs);
  }
}
