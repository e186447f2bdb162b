package io.tidewatch.notifier.group;

import io.tidewatch.notifier.route.GroupTiming;
import io.tidewatch.notifier.route.Route;
import io.tidewatch.schemas.derived.AlertEvent;
import io.tidewatch.schemas.derived.AlertStatus;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Alerts that are told together. Its first message comes {@code group_wait} after its first alert;
 * each further one no sooner than {@code group_interval} after the one before, with what changed
 * since; and when nothing changed but something fires, after {@code repeat_interval}. What was over
 * before it was told is not told.
 */
final class AlertGroup {
  private final String id;
  private final Route route;
  private final Map<String, String> labels;

  /** Active, or over and not yet told so. */
  private final Map<String, AlertEvent> alerts = new LinkedHashMap<>();

  /** Id of the event that people know, by fingerprint. */
  private final Map<String, String> told = new HashMap<>();

  private long sequence;
  private long toldMs = GroupState.NEVER;
  private long dueMs = GroupState.NEVER;

  AlertGroup(String id, Route route, Map<String, String> labels) {
    this.id = id;
    this.route = route;
    this.labels = labels;
  }

  /** As it was; what it had told comes by {@link #restoreTold}, its alerts by {@link #restore}. */
  AlertGroup(GroupState state, Route route) {
    this(state.id(), route, state.labels());
    this.sequence = state.sequence();
    this.toldMs = state.toldMs();
    this.dueMs = state.dueMs();
  }

  void restoreTold(String fingerprint, String eventId) {
    told.put(fingerprint, eventId);
  }

  /** An alert as it was last known when the process ended. */
  void restore(AlertEvent event, long nowMs) {
    String known = told.get(event.fingerprint());
    boolean over = event.status() == AlertStatus.RESOLVED;
    if (!event.notifies() || (over && known == null)) {
      return;
    }
    alerts.put(event.fingerprint(), event);
    if (!event.eventId().equals(known)) {
      dueMs = Math.min(dueMs, next(nowMs));
    }
  }

  /**
   * Takes a new event of an alert.
   *
   * @return whether the alert was over before anybody was told of it
   */
  boolean accept(AlertEvent event, long nowMs) {
    String fingerprint = event.fingerprint();
    boolean over = event.status() == AlertStatus.RESOLVED;
    if (!event.notifies()) {
      // Over: it ends without a word. Suppressed: it is not repeated, but if it ends, people hear.
      alerts.remove(fingerprint);
      if (over) {
        told.remove(fingerprint);
      }
      return false;
    }
    if (over && !told.containsKey(fingerprint)) {
      return alerts.remove(fingerprint) != null;
    }
    alerts.put(fingerprint, event);
    dueMs = Math.min(dueMs, next(nowMs));
    return false;
  }

  private long next(long nowMs) {
    GroupTiming timing = route.timing();
    boolean silent =
        toldMs == GroupState.NEVER || nowMs >= toldMs + timing.groupInterval().toMillis();
    return silent
        ? nowMs + timing.groupWait().toMillis()
        : toldMs + timing.groupInterval().toMillis();
  }

  /** What it has to say now; null when nothing. To be asked when it is due. */
  @Nullable Flush flush(long nowMs) {
    List<AlertEvent> changed = new ArrayList<>();
    List<AlertEvent> known = new ArrayList<>();
    for (AlertEvent event : alerts.values()) {
      (event.eventId().equals(told.get(event.fingerprint())) ? known : changed).add(event);
    }
    boolean repeats =
        !known.isEmpty()
            && toldMs != GroupState.NEVER
            && nowMs >= toldMs + route.timing().repeatInterval().toMillis();
    if (changed.isEmpty() && !repeats) {
      awaitRepeat();
      return null;
    }
    changed.addAll(known);
    for (AlertEvent event : changed) {
      if (event.status() == AlertStatus.RESOLVED) {
        alerts.remove(event.fingerprint());
        told.remove(event.fingerprint());
      } else {
        told.put(event.fingerprint(), event.eventId());
      }
    }
    sequence++;
    toldMs = nowMs;
    awaitRepeat();
    return new Flush(id, route.id() + ":" + labels, route.receiver(), labels, sequence, changed);
  }

  private void awaitRepeat() {
    dueMs =
        alerts.isEmpty() || toldMs == GroupState.NEVER
            ? GroupState.NEVER
            : toldMs + route.timing().repeatInterval().toMillis();
  }

  /** Whether nothing would be lost without it. */
  boolean isOver(long nowMs) {
    return alerts.isEmpty()
        && told.isEmpty()
        && (toldMs == GroupState.NEVER
            || nowMs >= toldMs + route.timing().groupInterval().toMillis());
  }

  String id() {
    return id;
  }

  long dueMs() {
    return dueMs;
  }

  /** Event ids that people know, by fingerprint. */
  Map<String, String> told() {
    return Map.copyOf(told);
  }

  @Nullable String told(String fingerprint) {
    return told.get(fingerprint);
  }

  GroupState state() {
    return new GroupState(id, route.id(), labels, sequence, toldMs, dueMs);
  }
}
