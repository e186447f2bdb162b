package io.tidewatch.udfs.alert;

import io.tidewatch.analytics.alert.AlertEvents;
import io.tidewatch.analytics.alert.AlertIds;
import io.tidewatch.analytics.alert.SampleOrigin;
import io.tidewatch.analytics.alert.life.AlertInput.RuleGone;
import io.tidewatch.analytics.alert.life.AlertMachine;
import io.tidewatch.analytics.alert.life.AlertState;
import io.tidewatch.analytics.alert.life.Held;
import io.tidewatch.analytics.alert.life.Quieting;
import io.tidewatch.analytics.alert.life.SeriesAlerts.Notice;
import io.tidewatch.analytics.alert.life.Step;
import io.tidewatch.analytics.alert.life.Transition;
import io.tidewatch.analytics.alert.rule.AlertRule;
import io.tidewatch.schemas.derived.AlertEvent;
import io.tidewatch.schemas.derived.AlertPhase;
import io.tidewatch.schemas.derived.AlertSnapshot;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.flink.api.common.state.MapState;
import org.jspecify.annotations.Nullable;

/**
 * The alerts of one series while it is its turn: taken out of the state, changed by the state
 * machine, told, and put back where they have changed.
 */
final class KeyedAlerts {
  private final MapState<String, AlertState> stored;
  private final Map<String, AlertState> before = new HashMap<>();
  private final Set<String> ended = new HashSet<>();
  private final Map<String, String> labels;
  private final Outputs outputs;

  /** Of each rule, as it is now; for the state machine to change. */
  final Map<String, AlertState> now;

  /**
   * @param stored by name of rule
   * @param labels of the series
   */
  KeyedAlerts(MapState<String, AlertState> stored, Map<String, String> labels, Outputs outputs)
      throws Exception {
    this.stored = stored;
    this.labels = labels;
    this.outputs = outputs;
    for (Map.Entry<String, AlertState> each : stored.entries()) {
      before.put(each.getKey(), each.getValue());
    }
    this.now = new HashMap<>(before);
  }

  /** Where transitions and present states go. */
  record Outputs(Consumer<AlertEvent> events, Consumer<AlertSnapshot> states) {}

  /** Drops what nobody knows any more. */
  void forget(String rule) {
    now.remove(rule);
  }

  /** Tells transitions, in their order. */
  void tell(List<Notice> notices, SampleOrigin origin) {
    for (Notice notice : notices) {
      tell(notice.rule(), notice.transition(), origin);
    }
  }

  private void tell(AlertRule rule, Transition transition, SampleOrigin origin) {
    outputs.events().accept(AlertEvents.of(rule, labels, transition, origin));
  }

  /** Ends what is open under that version of a rule. */
  void end(AlertRule former, boolean replaced) {
    AlertState state = now.get(former.name());
    if (state == null || !state.ruleVersion().equals(former.version())) {
      return;
    }
    Step step = AlertMachine.step(former, state, new RuleGone(replaced), Quieting.NEVER);
    step.transitions().forEach(each -> tell(former, each, SampleOrigin.UNKNOWN));
    now.remove(former.name());
    if (state.phase() != null) {
      tellState(former, null, state, state.held().lastSeenMs());
    }
    ended.add(former.name());
  }

  /**
   * Puts back what has changed, and tells the phases that have.
   *
   * @param rules in use
   * @param atMs event time of the change, milliseconds since the epoch
   */
  void keep(List<AlertRule> rules, long atMs) throws Exception {
    for (AlertRule rule : rules) {
      AlertState was = ended.contains(rule.name()) ? null : before.get(rule.name());
      AlertState is = now.get(rule.name());
      AlertPhase phase = is == null ? null : is.phase();
      AlertState last = is == null ? was : is;
      if (last != null && phase != (was == null ? null : was.phase())) {
        tellState(rule, phase, last, atMs);
      }
    }
    putBack();
  }

  /** Puts back what has changed. */
  void putBack() throws Exception {
    for (Map.Entry<String, AlertState> each : now.entrySet()) {
      if (!each.getValue().equals(before.get(each.getKey()))) {
        stored.put(each.getKey(), each.getValue());
      }
    }
    if (now.isEmpty()) {
      if (!before.isEmpty()) {
        stored.clear(); // on the heap, a map emptied entry by entry would stay for ever
      }
    } else {
      for (String rule : List.copyOf(before.keySet())) {
        if (!now.containsKey(rule)) {
          stored.remove(rule);
        }
      }
    }
  }

  private void tellState(AlertRule rule, @Nullable AlertPhase phase, AlertState state, long atMs) {
    Map<String, String> all = rule.alertLabels(labels);
    Held held = state.held();
    long startedMs = state.told().open() ? state.told().startedAtMs() : held.sinceMs();
    outputs
        .states()
        .accept(
            new AlertSnapshot(
                AlertIds.fingerprint(rule.name(), all),
                rule.name(),
                rule.version(),
                phase,
                all,
                Double.isNaN(held.lastValue()) ? null : held.lastValue(),
                startedMs == Held.NEVER ? atMs : startedMs,
                phase == AlertPhase.NO_DATA ? held.firedAtMs() : atMs));
  }
}
