package io.tidewatch.udfs.alert;

import io.tidewatch.analytics.alert.life.AlertState;
import io.tidewatch.analytics.alert.life.Held;
import io.tidewatch.analytics.alert.rule.AlertRule;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.streaming.api.TimerService;
import org.jspecify.annotations.Nullable;

/**
 * Wakes a series by the clock of the machine as long as a rule wants to know of its silence: when
 * the whole topic is silent, event time stands still and wakes nobody. One processing-time timer a
 * series.
 */
final class SilenceClock {
  private final ValueState<Long> due;

  /**
   * @param due processing time of the timer of the series, none without one
   */
  SilenceClock(ValueState<Long> due) {
    this.due = due;
  }

  /** How long the series may be silent under a rule; null when that is nothing to it now. */
  static @Nullable Duration allowed(AlertRule rule, Map<String, AlertState> states) {
    AlertState state = states.get(rule.name());
    return state == null || state.held().phase() == Held.Phase.NO_DATA ? null : rule.absentFor();
  }

  /** Sets the timer, unless there is one. */
  void wind(List<AlertRule> rules, Map<String, AlertState> states, long lastMs, TimerService timers)
      throws Exception {
    long dueMs = Long.MAX_VALUE;
    for (AlertRule rule : rules) {
      Duration allowed = allowed(rule, states);
      if (allowed != null) {
        dueMs = Math.min(dueMs, lastMs + allowed.toMillis());
      }
    }
    if (dueMs != Long.MAX_VALUE && due.value() == null) {
      // never at once: a timer that is due when it is set would keep the subtask busy
      long nextMs = Math.max(dueMs, timers.currentProcessingTime() + 1);
      timers.registerProcessingTimeTimer(nextMs);
      due.update(nextMs);
    }
  }

  /** The timer has come. */
  void rang() {
    due.clear();
  }
}
