package io.tidewatch.analytics.alert.life;

import io.tidewatch.analytics.alert.life.AlertInput.QuietChanged;
import io.tidewatch.analytics.alert.life.AlertInput.RuleGone;
import io.tidewatch.analytics.alert.life.AlertInput.Sample;
import io.tidewatch.analytics.alert.life.AlertInput.Time;
import io.tidewatch.analytics.alert.life.AlertInput.TopicSilent;
import io.tidewatch.analytics.alert.life.Held.Phase;
import io.tidewatch.analytics.alert.life.Telling.Event;
import io.tidewatch.analytics.alert.rule.AlertRule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The life of one series under one rule, on event time alone: the condition as in {@link
 * ConditionLife}, what is told of it as in {@link Telling}, and what time alone does:
 *
 * <ul>
 *   <li>Nothing that could be judged for {@code stale_after}: what is pending is dropped, what
 *       fires is over.
 *   <li>Nothing at all for {@code absent_for}: the series has no data, which is an alert, until it
 *       sends again. After {@link #GONE_AFTER} it is taken for gone.
 *   <li>No change for {@code flapping.hold}: it is calm.
 *   <li>What is over is remembered for {@code stale_after}, so that a source may repeat the records
 *       of that long, and for as long as flapping and {@code suppress_for} need.
 * </ul>
 *
 * <p>Records of a series are to come in the order of their times; one not later than the last that
 * counted is a repetition and changes nothing. All that time alone does before a record is done
 * first, each at its own time: the outcome does not depend on whether {@link Time} or the record
 * comes first. Deterministic: the same inputs give the same transitions.
 */
public final class AlertMachine {
  /** A device that sent nothing for so long has been taken away. */
  public static final Duration GONE_AFTER = Duration.ofDays(7);

  private final AlertRule rule;
  private final Telling telling;
  private Held held;
  private boolean forgotten;

  private AlertMachine(AlertRule rule, @Nullable AlertState state, Quieting quieting) {
    this.rule = rule;
    this.telling = new Telling(rule, quieting, state);
    this.held = state == null ? Held.NOTHING : state.held();
    this.forgotten = state == null;
  }

  /**
   * Takes an alert one input further.
   *
   * @param state null when there is none; that of another version of the rule is ended first
   * @param quieting what keeps people from being told of this alert
   */
  public static Step step(
      AlertRule rule, @Nullable AlertState state, AlertInput input, Quieting quieting) {
    if (state == null || state.ruleVersion().equals(rule.version())) {
      return new AlertMachine(rule, state, quieting).step(input);
    }
    AlertMachine former = new AlertMachine(rule, state, quieting);
    former.end(true);
    Step now = new AlertMachine(rule, null, quieting).step(input);
    List<Transition> all = new ArrayList<>(former.telling.transitions());
    all.addAll(now.transitions());
    return new Step(now.next(), all, now.wakeAtMs());
  }

  /**
   * When time alone does something next: event time, milliseconds since the epoch, {@code
   * Long.MAX_VALUE} for never.
   */
  public static long wakeAtMs(AlertRule rule, AlertState state) {
    return wakeAtMs(rule, state, false);
  }

  static long wakeAtMs(AlertRule rule, AlertState state, boolean last) {
    return new AlertMachine(rule, state, Quieting.NEVER).dueMs(last);
  }

  private Step step(AlertInput input) {
    if (input instanceof Sample sample) {
      sample(sample);
    } else if (input instanceof Time time) {
      pass(time.nowMs(), time.last());
    } else if (input instanceof TopicSilent) {
      if (isAbsentDue()) {
        pass(absentAtMs() - 1, false);
      }
      if (isAbsentDue()) {
        fallSilent(Cause.TOPIC_SILENCE);
      }
    } else if (input instanceof QuietChanged changed) {
      telling.look(changed.timeMs(), held.lastValue());
    } else if (input instanceof RuleGone gone) {
      end(gone.replaced());
    }
    return forgotten
        ? new Step(null, telling.transitions(), Long.MAX_VALUE)
        : new Step(state(), telling.transitions(), dueMs(false));
  }

  private AlertState state() {
    return new AlertState(
        rule.version(), held, telling.flapping(), telling.changesMs(), telling.told());
  }

  private void sample(Sample sample) {
    if (sample.verdict().isUnknown() || held.hasSeen(sample.timeMs())) {
      return;
    }
    pass(sample.timeMs() - 1, false);
    Event event =
        new Event(
            Cause.RECORD, sample.timeMs(), true, sample.verdict().value(), sample.verdict().by());
    if (held.phase() == Phase.NO_DATA) {
      turn(
          held.in(Phase.INACTIVE),
          new Event(Cause.DATA_IS_BACK, event.atMs(), true, event.value(), event.by()));
    }
    Held next = ConditionLife.after(rule, held, sample);
    boolean nothingNew =
        held.phase() == Phase.INACTIVE
            && next.phase() == Phase.INACTIVE
            && rule.absentFor() == null;
    if (!nothingNew) {
      forgotten = false;
      turn(next, event);
    }
    telling.look(sample.timeMs(), held.lastValue());
  }

  private void turn(Held next, Event event) {
    Held before = held;
    held = next;
    telling.turned(before, next, event);
  }

  /** Does what time alone does up to and including {@code nowMs}, each at its own time. */
  private void pass(long nowMs, boolean last) {
    long dueMs = dueMs(last);
    while (!forgotten && dueMs <= nowMs && dueMs != Long.MAX_VALUE) {
      due(dueMs, last);
      dueMs = dueMs(last);
    }
  }

  private long dueMs(boolean last) {
    if (forgotten) {
      return Long.MAX_VALUE;
    }
    long dueMs = Math.min(staleAtMs(), telling.calmAtMs());
    if (telling.told().waitsToBeTold()) {
      dueMs = Math.min(dueMs, telling.told().lookAtMs());
    }
    if (!last) {
      dueMs = Math.min(dueMs, absentAtMs());
    }
    return Math.min(dueMs, forgetAtMs());
  }

  private void due(long atMs, boolean last) {
    if (!last && atMs == absentAtMs()) {
      if (held.phase() == Phase.NO_DATA) {
        telling.over(new Event(Cause.SERIES_IS_GONE, atMs, false, null, null));
        forget();
      } else {
        fallSilent(Cause.SILENCE);
      }
    } else if (atMs == staleAtMs()) {
      Cause cause = held.lastSeenMs() > held.lastJudgedMs() ? Cause.FEW_SAMPLES : Cause.SILENCE;
      turn(held.in(Phase.INACTIVE), new Event(cause, atMs, false, null, null));
    } else if (atMs == telling.calmAtMs()) {
      Double value = Double.isNaN(held.lastValue()) ? null : held.lastValue();
      telling.calmed(held, new Event(Cause.CALM, atMs, false, value, null));
    } else if (atMs == forgetAtMs()) {
      forget();
    } else {
      telling.look(atMs, held.lastValue());
    }
  }

  /** What comes next finds nothing, as if there had never been anything. */
  private void forget() {
    held = Held.NOTHING;
    telling.forget();
    forgotten = true;
  }

  private void fallSilent(Cause cause) {
    long sinceMs = held.lastSeenMs();
    long atMs = absentAtMs();
    turn(held.begun(Phase.NO_DATA, sinceMs, atMs), new Event(cause, atMs, false, null, null));
  }

  private void end(boolean replaced) {
    Cause cause = replaced ? Cause.RULE_REPLACED : Cause.RULE_REMOVED;
    // The last record, not the moment at which the job learnt of it: the same in each run.
    long atMs = Math.max(held.lastSeenMs(), telling.told().firedAtMs());
    telling.over(new Event(cause, atMs, false, null, null));
    forget();
  }

  private long staleAtMs() {
    return held.isWaiting()
        ? ConditionLife.plus(held.lastJudgedMs(), rule.staleAfter())
        : Long.MAX_VALUE;
  }

  private boolean isAbsentDue() {
    return !forgotten && held.phase() != Phase.NO_DATA && absentAtMs() != Long.MAX_VALUE;
  }

  private long absentAtMs() {
    Duration absentFor = rule.absentFor();
    if (absentFor == null || held.lastSeenMs() == Held.NEVER) {
      return Long.MAX_VALUE;
    }
    return held.phase() == Phase.NO_DATA
        ? ConditionLife.plus(held.firedAtMs(), GONE_AFTER)
        : ConditionLife.plus(held.lastSeenMs(), absentFor);
  }

  private long forgetAtMs() {
    if (rule.absentFor() != null || held.isOn() || held.isWaiting() || telling.told().open()) {
      return Long.MAX_VALUE;
    }
    long staleMs = ConditionLife.plus(held.lastSeenMs(), rule.staleAfter());
    return Math.max(staleMs, telling.rememberUntilMs());
  }
}
