package io.tidewatch.testkit;

import io.tidewatch.schemas.event.ApiLatency;
import java.util.List;

/**
 * Count, errors, mean and exact order statistics of the durations of some requests.
 *
 * @param sortedMs all durations, ascending
 */
public record LatencyOracle(long count, long errors, double meanMs, double[] sortedMs) {

  public static LatencyOracle of(List<ApiLatency> requests) {
    long errors = requests.stream().filter(request -> request.status() >= 500).count();
    double[] sorted = requests.stream().mapToDouble(ApiLatency::durationMs).sorted().toArray();
    double sum = 0;
    for (double duration : sorted) {
      sum += duration;
    }
    return new LatencyOracle(sorted.length, errors, sum / sorted.length, sorted);
  }

  /** The q-quantile as the value of rank {@code ⌊q (n − 1)⌋}, counted from 0. */
  public double quantileMs(double q) {
    return sortedMs[(int) Math.floor(q * (sortedMs.length - 1))];
  }
}
