package io.tidewatch.analytics.alert.life;

import io.tidewatch.analytics.alert.expr.Comparing;
import io.tidewatch.analytics.alert.rule.AlertRule;
import io.tidewatch.analytics.alert.rule.Flapping;
import io.tidewatch.analytics.alert.rule.PromDuration;
import io.tidewatch.analytics.alert.rule.Quiet;
import io.tidewatch.schemas.derived.AlertStatus;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is told of what a condition does, and whether people hear of it. While it is taken one input
 * further, and no longer.
 *
 * <ul>
 *   <li>An episode is told when it begins, when it becomes something else, and when it is over.
 *   <li>What begins while a mute holds, a worse alert is open, or people were told less than {@code
 *       suppress_for} ago, is told as suppressed. When nothing keeps people from it any more and it
 *       still goes on, they are told once.
 *   <li>Who was told that it is there is told that it is over, even in a mute.
 *   <li>What changed too often is held open, and told when it is calm again.
 * </ul>
 */
final class Telling {
  private final AlertRule rule;
  private final Quieting quieting;
  private final List<Transition> transitions = new ArrayList<>(2);
  private final List<Long> changesMs;
  private boolean flapping;
  private Told told;

  Telling(AlertRule rule, Quieting quieting, @Nullable AlertState state) {
    this.rule = rule;
    this.quieting = quieting;
    this.changesMs = new ArrayList<>(state == null ? List.of() : state.changesMs());
    this.flapping = state != null && state.flapping();
    this.told = state == null ? Told.NOTHING : state.told();
  }

  /**
   * When and by what something happens.
   *
   * @param atMs event time, milliseconds since the epoch
   * @param ofRecord whether a record of that time is it
   * @param value null where none tells anything
   * @param by the comparison that decided; null where none did
   */
  record Event(
      Cause cause, long atMs, boolean ofRecord, @Nullable Double value, @Nullable Comparing by) {}

  List<Transition> transitions() {
    return transitions;
  }

  List<Long> changesMs() {
    return changesMs;
  }

  boolean flapping() {
    return flapping;
  }

  Told told() {
    return told;
  }

  /**
   * When it will have been calm for long enough; {@code Long.MAX_VALUE} when it is not flapping.
   */
  long calmAtMs() {
    Flapping often = rule.flapping();
    return !flapping || often == null
        ? Long.MAX_VALUE
        : ConditionLife.plus(lastChangeMs(), often.hold());
  }

  /** Until when what was told and what changed has to be remembered, though nothing is open. */
  long rememberUntilMs() {
    Flapping often = rule.flapping();
    long forFlapping =
        often == null || changesMs.isEmpty()
            ? Held.NEVER
            : ConditionLife.plus(lastChangeMs(), often.within());
    long forPeople =
        told.notifiedAtMs() == Held.NEVER
            ? Held.NEVER
            : ConditionLife.plus(told.notifiedAtMs(), rule.suppressFor());
    return Math.max(forFlapping, forPeople);
  }

  /** The condition fires, ends, falls silent or comes back. */
  void turned(Held before, Held after, Event event) {
    if (before.isOn() == after.isOn()) {
      if (after.isOn() && !flapping && kind(before) != kind(after)) {
        became(kind(after), event);
      }
      return;
    }
    boolean tooOften = changed(event.atMs());
    if (flapping) {
      return;
    }
    if (!told.open() && after.isOn()) {
      told = told.opened(kind(after), after.sinceMs(), after.firedAtMs());
      if (!tooOften) {
        tell(event, suppressed(event.atMs()));
      }
    } else if (!tooOften) {
      over(event);
    }
    if (tooOften) {
      flapping = true;
      boolean begins = after.isOn();
      told = told.as(AlertStatus.FLAPPING);
      Event why =
          new Event(Cause.CHANGES, event.atMs(), event.ofRecord(), event.value(), event.by());
      tell(why, begins ? suppressed(event.atMs()) : quieting.at(event.atMs()));
    }
  }

  /** It has not changed for long enough. */
  void calmed(Held held, Event event) {
    flapping = false;
    changesMs.clear();
    if (held.isOn()) {
      became(kind(held), event);
    } else {
      over(event);
    }
  }

  /** Tells people of what goes on, if nothing keeps them from it any more. */
  void look(long atMs, double lastValue) {
    if (!told.waitsToBeTold()) {
      return;
    }
    Quiet quiet = suppressed(atMs);
    if (quiet != null) {
      told = told.quietly(quiet.reason(), Math.max(quiet.untilMs(), atMs + 1));
      return;
    }
    Double value = Double.isNaN(lastValue) ? null : lastValue;
    tell(new Event(Cause.CATCH_UP, atMs, false, value, null), null);
  }

  /** Nothing was ever told and nothing changed; what is to be told now stays. */
  void forget() {
    changesMs.clear();
    flapping = false;
    told = Told.NOTHING;
  }

  /** The episode is over, if there is one. */
  void over(Event event) {
    if (told.open()) {
      add(AlertStatus.RESOLVED, told.notified(), told.quietBy(), event);
      told = told.closed();
    }
    flapping = false;
  }

  private void became(AlertStatus kind, Event event) {
    told = told.as(kind);
    tell(event, quieting.at(event.atMs()));
  }

  private void tell(Event event, @Nullable Quiet quiet) {
    if (quiet == null) {
      told = told.toPeople(event.atMs());
      add(told.kind(), true, null, event);
      return;
    }
    if (!told.notified()) {
      told = told.quietly(quiet.reason(), Math.max(quiet.untilMs(), event.atMs() + 1));
    }
    add(AlertStatus.SUPPRESSED, false, quiet.reason(), event);
  }

  private void add(
      AlertStatus status, boolean notifies, @Nullable String suppressedBy, Event event) {
    transitions.add(
        new Transition(
            status,
            notifies,
            suppressedBy,
            event.cause(),
            event.atMs(),
            told.startedAtMs(),
            told.firedAtMs(),
            event.ofRecord(),
            event.value(),
            event.by()));
  }

  /** What keeps people from being told that an episode is there. */
  private @Nullable Quiet suppressed(long atMs) {
    Quiet quiet = quieting.at(atMs);
    if (quiet != null || told.notifiedAtMs() == Held.NEVER) {
      return quiet;
    }
    long untilMs = ConditionLife.plus(told.notifiedAtMs(), rule.suppressFor());
    return atMs >= untilMs
        ? null
        : new Quiet("told less than " + PromDuration.format(rule.suppressFor()) + " ago", untilMs);
  }

  /** Notes a change; whether there were too many. */
  private boolean changed(long atMs) {
    Flapping often = rule.flapping();
    if (often == null) {
      return false;
    }
    changesMs.add(atMs);
    changesMs.removeIf(change -> ConditionLife.plus(change, often.within()) < atMs);
    while (changesMs.size() > often.transitions()) {
      changesMs.remove(0);
    }
    return changesMs.size() == often.transitions();
  }

  private long lastChangeMs() {
    return changesMs.get(changesMs.size() - 1);
  }

  private static AlertStatus kind(Held held) {
    return held.phase() == Held.Phase.NO_DATA ? AlertStatus.NO_DATA : AlertStatus.FIRING;
  }
}
