package io.tidewatch.analytics.alert;

import io.tidewatch.schemas.derived.AlertStatus;
import java.util.ArrayList;
import java.util.List;

/**
 * What an alert is to tell, read off the whole series at once: cut it into the longest runs of true
 * samples without a gap above {@code staleMs}, and look at each run by itself.
 */
final class AlertOracle {

  private AlertOracle() {}

  static List<Transition> transitions(
      List<Sample> series, double threshold, long holdMs, long staleMs) {
    List<Sample> samples = series.stream().filter(s -> !Double.isNaN(s.value())).toList();
    List<Transition> told = new ArrayList<>();
    int first = 0;
    while (first < samples.size()) {
      if (samples.get(first).value() <= threshold) {
        first++;
        continue;
      }
      int end = first + 1;
      while (end < samples.size()
          && samples.get(end).value() > threshold
          && samples.get(end).timeMs() - samples.get(end - 1).timeMs() <= staleMs) {
        end++;
      }
      tellRun(samples, first, end, holdMs, staleMs, told);
      first = end;
    }
    return told;
  }

  private static void tellRun(
      List<Sample> samples, int first, int end, long holdMs, long staleMs, List<Transition> told) {
    long startMs = samples.get(first).timeMs();
    List<Sample> heldLongEnough =
        samples.subList(first, end).stream().filter(s -> s.timeMs() - startMs >= holdMs).toList();
    if (heldLongEnough.isEmpty()) {
      return;
    }
    Sample firing = heldLongEnough.get(0);
    told.add(new Transition(AlertStatus.FIRING, startMs, firing.timeMs(), null, firing.value()));
    long lastMs = samples.get(end - 1).timeMs();
    boolean ended = end < samples.size() && samples.get(end).timeMs() - lastMs <= staleMs;
    told.add(
        new Transition(
            AlertStatus.RESOLVED,
            startMs,
            firing.timeMs(),
            ended ? samples.get(end).timeMs() : lastMs + staleMs,
            ended ? samples.get(end).value() : null));
  }
}
