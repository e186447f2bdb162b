package io.tidewatch.analytics.alert.life;

import io.tidewatch.analytics.alert.rule.AlertRule;
import java.util.ArrayList;
import java.util.List;

/**
 * What is told of a series, found by looking at all of its records again and again: no state, no
 * steps. For rules {@code x > high} that clear at {@code x <= low}, without flapping, mutes and
 * {@code absent_for}.
 */
final class AlertOracle {
  private final AlertRule rule;
  private final List<Long> timesMs;
  private final List<Double> values;
  private final double high;
  private final double low;
  private final List<String> told = new ArrayList<>();

  AlertOracle(AlertRule rule, double high, double low, List<Long> timesMs, List<Double> values) {
    this.rule = rule;
    this.high = high;
    this.low = low;
    this.timesMs = timesMs;
    this.values = values;
  }

  /** One line a transition: status, time, start of the episode, time at which it fired. */
  List<String> told() {
    int from = 0;
    while (from < timesMs.size()) {
      from = episode(from);
    }
    return told;
  }

  /** Tells the next episode that begins at or after an index; where to look for another. */
  private int episode(int from) {
    int start = from;
    while (start < values.size() && !isTrue(start)) {
      start++;
    }
    if (start == values.size()) {
      return start;
    }
    int fired = start;
    while (timesMs.get(fired) - timesMs.get(start) < rule.holdFor().toMillis()) {
      if (isEndOfRun(fired) || !isTrue(fired + 1)) {
        return fired + 1;
      }
      fired++;
    }
    tell("FIRING", timesMs.get(fired), start, fired);
    int end = fired;
    while (!isEndOfRun(end)) {
      end++;
      if (isOver(fired, end)) {
        tell("RESOLVED", timesMs.get(end), start, fired);
        return end + 1;
      }
    }
    tell("RESOLVED", timesMs.get(end) + rule.staleAfter().toMillis(), start, fired);
    return end + 1;
  }

  private boolean isOver(int fired, int at) {
    int clearFrom = at;
    while (clearFrom > fired && isClear(clearFrom)) {
      clearFrom--;
    }
    int falseFrom = at;
    while (falseFrom > fired && !isTrue(falseFrom)) {
      falseFrom--;
    }
    return clearFrom < at
        && timesMs.get(at) - timesMs.get(clearFrom + 1) >= rule.clearFor().toMillis()
        && timesMs.get(at) - timesMs.get(falseFrom + 1) >= rule.keepFiringFor().toMillis();
  }

  private boolean isTrue(int index) {
    return values.get(index) > high;
  }

  private boolean isClear(int index) {
    return values.get(index) <= low;
  }

  private boolean isEndOfRun(int index) {
    return index + 1 == timesMs.size()
        || timesMs.get(index + 1) - timesMs.get(index) > rule.staleAfter().toMillis();
  }

  private void tell(String status, long atMs, int start, int fired) {
    told.add(line(status, atMs, timesMs.get(start), timesMs.get(fired)));
  }

  static String line(String status, long atMs, long startedAtMs, long firedAtMs) {
    return status + " at " + atMs + " since " + startedAtMs + " fired " + firedAtMs;
  }
}
