package io.tidewatch.notifier.group;

import io.tidewatch.notifier.route.Route;
import io.tidewatch.schemas.codec.Sha256;
import io.tidewatch.schemas.derived.AlertEvent;
import io.tidewatch.schemas.derived.AlertStatus;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * All groups. A pure state machine: the same events at the same times give the same messages; what
 * it must remember is handed out by {@link #changes} and handed back by {@link #restore}. Not
 * thread-safe.
 */
public final class Grouper {
  /** 64 bits of a hash: by chance the same for two groups never. */
  private static final int ID_DIGITS = 16;

  private final Route root;
  private final AlertBook book;
  private final Map<String, AlertGroup> groups = new LinkedHashMap<>();
  private Changes changes = Changes.none();

  /**
   * @param forgetResolved how long an alert that is over is known
   */
  public Grouper(Route root, Duration forgetResolved) {
    this.root = root;
    this.book = new AlertBook(forgetResolved);
  }

  /** What an event came to. */
  public enum Accepted {
    /** Repeated, out of date, or nothing people are to be told of. */
    NOTHING_NEW,
    /** People are told in time. */
    TAKEN,
    /** The alert was over before its groups told of it, so they do not. */
    OVER_BEFORE_TOLD
  }

  /**
   * Brings back what {@link #changes} handed out. Groups of routes that are no more are forgotten.
   */
  public void restore(
      Collection<AlertEvent> alerts,
      Collection<GroupState> states,
      Map<Told, String> told,
      long nowMs) {
    Map<String, Route> routes = new HashMap<>();
    root.all().forEach(route -> routes.put(route.id(), route));
    for (GroupState state : states) {
      Route route = routes.get(state.routeId());
      if (route == null) {
        changes.groups().put(state.id(), null);
      } else {
        groups.put(state.id(), new AlertGroup(state, route));
      }
    }
    Set<String> known = new HashSet<>();
    alerts.forEach(event -> known.add(event.fingerprint()));
    told.forEach(
        (key, eventId) -> {
          AlertGroup group = groups.get(key.groupId());
          if (group == null || !known.contains(key.fingerprint())) {
            changes.told().put(key, null);
          } else {
            group.restoreTold(key.fingerprint(), eventId);
          }
        });
    for (AlertEvent event : alerts) {
      book.restore(event);
      for (Route route : root.of(event.labels())) {
        group(route, event).restore(event, nowMs);
      }
    }
  }

  /** Takes an event. */
  public Accepted accept(AlertEvent event, long nowMs) {
    if (!book.accept(event)) {
      return Accepted.NOTHING_NEW;
    }
    changes.alerts().put(event.fingerprint(), event);
    boolean overBeforeTold = false;
    for (Route route : root.of(event.labels())) {
      AlertGroup group = group(route, event);
      long dueBefore = group.dueMs();
      @Nullable String toldBefore = group.told(event.fingerprint());
      overBeforeTold |= group.accept(event, nowMs);
      if (group.dueMs() != dueBefore) {
        changes.groups().put(group.id(), group.state());
      }
      if (toldBefore != null && group.told(event.fingerprint()) == null) {
        changes.told().put(new Told(group.id(), event.fingerprint()), null);
      }
    }
    return overBeforeTold ? Accepted.OVER_BEFORE_TOLD : Accepted.TAKEN;
  }

  /** The messages that are due, each once. */
  public List<Flush> due(long nowMs) {
    List<Flush> flushes = new ArrayList<>();
    for (Iterator<AlertGroup> all = groups.values().iterator(); all.hasNext(); ) {
      AlertGroup group = all.next();
      if (group.dueMs() <= nowMs) {
        flush(group, nowMs, flushes);
      } else if (group.dueMs() == GroupState.NEVER && group.isOver(nowMs)) {
        all.remove();
        changes.groups().put(group.id(), null);
      }
    }
    for (String fingerprint : book.forget(nowMs)) {
      changes.alerts().put(fingerprint, null);
    }
    return flushes;
  }

  private void flush(AlertGroup group, long nowMs, List<Flush> flushes) {
    Flush flush = group.flush(nowMs);
    changes.groups().put(group.id(), group.state());
    if (flush != null) {
      flushes.add(flush);
      for (AlertEvent event : flush.alerts()) {
        changes
            .told()
            .put(
                new Told(group.id(), event.fingerprint()),
                event.status() == AlertStatus.RESOLVED ? null : event.eventId());
      }
    }
  }

  /** What became different since the last call. */
  public Changes changes() {
    Changes taken = changes;
    changes = Changes.none();
    return taken;
  }

  /** The last event of each alert that is active, or was so a while ago. */
  public List<AlertEvent> alerts() {
    return List.copyOf(book.all());
  }

  /** Whether {@link #changes} would say something. */
  public boolean hasChanges() {
    return !changes.isEmpty();
  }

  public int groups() {
    return groups.size();
  }

  private AlertGroup group(Route route, AlertEvent event) {
    Map<String, String> labels = route.groupLabels(event.labels());
    return groups.computeIfAbsent(id(route, labels), id -> new AlertGroup(id, route, labels));
  }

  private static String id(Route route, Map<String, String> labels) {
    StringBuilder text = new StringBuilder(route.id());
    labels.forEach((name, value) -> text.append('\0').append(name).append('\0').append(value));
    return Sha256.hex(text.toString().getBytes(StandardCharsets.UTF_8)).substring(0, ID_DIGITS);
  }
}
