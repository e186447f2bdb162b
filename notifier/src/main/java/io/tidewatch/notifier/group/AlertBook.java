package io.tidewatch.notifier.group;

import io.tidewatch.schemas.derived.AlertEvent;
import io.tidewatch.schemas.derived.AlertStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The last event of each alert. Alert events come at least once: what repeats, and what is older
 * than what is known, is not taken. One event for each alert that is active or was so a while ago.
 */
final class AlertBook {
  private final Map<String, AlertEvent> events = new HashMap<>();
  private final Duration forgetResolved;

  /**
   * @param forgetResolved how long an alert that is over is known
   */
  AlertBook(Duration forgetResolved) {
    this.forgetResolved = forgetResolved;
  }

  /**
   * Takes an event.
   *
   * @return whether it says something new; an event that people are not told of does so only of an
   *     alert that is known
   */
  boolean accept(AlertEvent event) {
    AlertEvent known = events.get(event.fingerprint());
    boolean isNew = known == null ? event.notifies() : follows(event, known);
    if (isNew) {
      events.put(event.fingerprint(), event);
    }
    return isNew;
  }

  /** Takes an event that was the last when the process ended. */
  void restore(AlertEvent event) {
    events.put(event.fingerprint(), event);
  }

  private static boolean follows(AlertEvent event, AlertEvent known) {
    if (!event.alertId().equals(known.alertId())) {
      return event.startedAtMs() > known.startedAtMs();
    }
    return known.status() != AlertStatus.RESOLVED
        && !event.eventId().equals(known.eventId())
        && timeMs(event) >= timeMs(known);
  }

  /** When it happened, in event time. */
  private static long timeMs(AlertEvent event) {
    Long resolvedAtMs = event.resolvedAtMs();
    Long windowEndMs = event.windowEndMs();
    return Math.max(
        event.firedAtMs(),
        Math.max(
            resolvedAtMs == null ? Long.MIN_VALUE : resolvedAtMs,
            windowEndMs == null ? Long.MIN_VALUE : windowEndMs));
  }

  /**
   * Forgets alerts that are over for long.
   *
   * @return their fingerprints
   */
  List<String> forget(long nowMs) {
    List<String> forgotten = new ArrayList<>();
    for (AlertEvent event : events.values()) {
      if (event.status() == AlertStatus.RESOLVED
          && timeMs(event) < nowMs - forgetResolved.toMillis()) {
        forgotten.add(event.fingerprint());
      }
    }
    forgotten.forEach(events::remove);
    return forgotten;
  }

  Collection<AlertEvent> all() {
    return Collections.unmodifiableCollection(events.values());
  }
}
