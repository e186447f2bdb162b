package io.tidewatch.cli.input;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Rate of a set of counters that only grow, from the difference of two readings. */
final class CounterRates {
  private @Nullable Map<String, Long> previous;
  private long previousMs;

  /**
   * Growth per second since the previous call. Counters that were not there before, or that fell
   * (the device was attached anew), do not count.
   *
   * @param counters by name of the device
   * @param atMs when they were read, milliseconds
   * @return {@code NaN} on the first call, without counters, and when no time has passed
   */
  double perSecond(Map<String, Long> counters, long atMs) {
    Map<String, Long> before = previous;
    long elapsedMs = atMs - previousMs;
    previous = Map.copyOf(counters);
    previousMs = atMs;
    if (before == null || counters.isEmpty() || elapsedMs <= 0) {
      return Double.NaN;
    }
    double growth = 0;
    for (Map.Entry<String, Long> counter : counters.entrySet()) {
      Long old = before.get(counter.getKey());
      if (old != null && counter.getValue() >= old) {
        growth += counter.getValue() - old;
      }
    }
    return growth * 1000 / elapsedMs;
  }
}
