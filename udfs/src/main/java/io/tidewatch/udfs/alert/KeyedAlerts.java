package io.tidewatch.udfs.alert;

import io.tidewatch.analytics.alert.AlertEvents;
import io.tidewatch.analytics.alert.AlertIds;
import io.tidewatch.analytics.alert.AlertMachine;
import io.tidewatch.analytics.alert.AlertState;
import io.tidewatch.analytics.alert.Step;
import io.tidewatch.analytics.alert.Transition;
import io.tidewatch.schemas.derived.AlertEvent;
import io.tidewatch.schemas.derived.AlertPhase;
import io.tidewatch.schemas.derived.AlertSnapshot;
import io.tidewatch.schemas.derived.AlertStatus;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.streaming.api.TimerService;
import org.jspecify.annotations.Nullable;

/** The alerts of one series, one a rule, and all calls of the state machine. */
final class KeyedAlerts {
  private final MapState<String, AlertState> alerts;
  private final Map<String, String> labels;
  private final Outputs outputs;

  /**
   * @param alerts of the series, by {@link UsedRule#stateKey}
   * @param labels of the series
   */
  KeyedAlerts(MapState<String, AlertState> alerts, Map<String, String> labels, Outputs outputs) {
    this.alerts = alerts;
    this.labels = labels;
    this.outputs = outputs;
  }

  /** Where present states go. */
  @FunctionalInterface
  interface States {
    void tell(AlertSnapshot snapshot);
  }

  /** Where transitions and present states go. */
  record Outputs(Events events, States states) {}

  /** Where transitions go. */
  @FunctionalInterface
  interface Events {
    void tell(AlertEvent event);
  }

  /** Holds a rule against one sample. */
  void sample(UsedRule used, long timeMs, double value, TimerService timers) throws Exception {
    AlertState before = alerts.get(used.stateKey());
    Step step = AlertMachine.step(used.rule(), before, timeMs, value);
    AlertState after = step.next();
    if (after != null && before == null) {
      wake(used, after, timers);
    }
    keep(used, before, step);
  }

  /** Lets event time pass, up to and including {@code nowMs}. */
  void timePassed(UsedRule used, AlertState before, long nowMs, TimerService timers)
      throws Exception {
    Step step = AlertMachine.silence(used.rule(), before, nowMs);
    AlertState after = step.next();
    if (after != null) {
      wake(used, after, timers);
    }
    keep(used, before, step);
  }

  /**
   * Ends what is open because the rule is gone, as of the last sample that was judged: so it is the
   * same whenever the news arrives between two samples.
   */
  void ruleGone(UsedRule former) throws Exception {
    AlertState before = alerts.get(former.stateKey());
    if (before == null) {
      return;
    }
    List<Transition> transitions =
        before.phase() == AlertState.Phase.FIRING
            ? List.of(
                new Transition(
                    AlertStatus.RESOLVED,
                    before.sinceMs(),
                    before.firedAtMs(),
                    before.lastSeenMs(),
                    null))
            : List.of();
    keep(former, before, new Step(null, transitions));
    freeWhenEmpty();
  }

  /** On the heap, a map emptied entry by entry would stay for ever. */
  void freeWhenEmpty() throws Exception {
    if (alerts.isEmpty()) {
      alerts.clear();
    }
  }

  /** One timer a rule and series: when it comes and there was no silence, it is set anew. */
  private static void wake(UsedRule used, AlertState state, TimerService timers) {
    timers.registerEventTimeTimer(AlertMachine.silentAtMs(used.rule(), state));
  }

  private void keep(UsedRule used, @Nullable AlertState before, Step step) throws Exception {
    AlertState after = step.next();
    if (after != null) {
      alerts.put(used.stateKey(), after);
    } else if (before != null) {
      alerts.remove(used.stateKey());
    }
    for (Transition transition : step.transitions()) {
      outputs.events().tell(AlertEvents.of(used.rule(), labels, transition));
    }
    AlertPhase phase = phase(after);
    AlertState last = after == null ? before : after;
    if (phase != phase(before) && last != null) {
      tell(used, phase, last);
    }
  }

  private void tell(UsedRule used, @Nullable AlertPhase phase, AlertState last) {
    Map<String, String> all = AlertEvents.labels(used.rule(), labels);
    outputs
        .states()
        .tell(
            new AlertSnapshot(
                AlertIds.fingerprint(used.rule().name(), all),
                used.rule().name(),
                used.version(),
                phase,
                all,
                last.lastValue(),
                last.sinceMs(),
                last.lastSeenMs()));
  }

  private static @Nullable AlertPhase phase(@Nullable AlertState state) {
    if (state == null) {
      return null;
    }
    return switch (state.phase()) {
      case PENDING -> AlertPhase.PENDING;
      case FIRING -> AlertPhase.FIRING;
      case OVER -> AlertPhase.RESOLVED;
    };
  }
}
