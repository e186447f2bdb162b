package io.tidewatch.udfs.alert;

import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.streaming.api.TimerService;

/**
 * Wakes a series in event time. Few timers: while one waits, a later one is not set; when it comes,
 * the next is.
 */
final class EventClock {
  private final ValueState<Long> due;

  /**
   * @param due event time of the earliest timer of the series, none without one
   */
  EventClock(ValueState<Long> due) {
    this.due = due;
  }

  /**
   * Makes sure that the series is woken then or earlier.
   *
   * @param wakeAtMs event time, milliseconds since the epoch; {@code Long.MAX_VALUE} for never
   */
  void wind(long wakeAtMs, TimerService timers) throws Exception {
    if (wakeAtMs == Long.MAX_VALUE) {
      return;
    }
    Long earliest = due.value();
    if (earliest == null || wakeAtMs < earliest) {
      timers.registerEventTimeTimer(wakeAtMs);
      due.update(wakeAtMs);
    }
  }

  /**
   * A timer has come.
   *
   * @param timeMs its event time
   */
  void rang(long timeMs) throws Exception {
    Long earliest = due.value();
    if (earliest != null && earliest <= timeMs) {
      due.clear();
    }
  }
}
