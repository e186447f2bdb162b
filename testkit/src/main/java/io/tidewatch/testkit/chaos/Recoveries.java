package io.tidewatch.testkit.chaos;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;

/**
 * How long results stayed away after faults.
 *
 * <p>A fault interrupts a stream of results when a long pause begins after the fault began, or
 * spans its beginning, and is long before the next fault begins. Long is above {@link
 * #LEAST_PAUSE_MS}, and above twice the longest pause before the first fault: a busy machine has
 * pauses of its own. Its recovery is the time from the end of the fault to the result that ends the
 * last such pause; it is 0 when results came back before the fault was over. Of several streams the
 * slowest counts.
 *
 * @param faults how many there were
 * @param seconds one each for those that interrupted a stream, in order
 */
public record Recoveries(int faults, List<Double> seconds) {
  /** Results of the harness come at least once a second. */
  public static final long LEAST_PAUSE_MS = 3_000;

  public Recoveries {
    seconds = List.copyOf(seconds);
  }

  /**
   * @param faults in order
   * @param streams times of the results of each stream, milliseconds since the epoch, ascending
   * @param untilMs when results were last seen to flow; later pauses are not looked at
   */
  public static Recoveries of(List<InjectedFault> faults, List<long[]> streams, long untilMs) {
    List<Double> seconds = new ArrayList<>();
    long longMs = longMs(faults, streams);
    for (int i = 0; i < faults.size(); i++) {
      InjectedFault fault = faults.get(i);
      long nextMs = i + 1 < faults.size() ? faults.get(i + 1).startMs() : untilMs;
      long backMs = Long.MIN_VALUE;
      for (long[] stream : streams) {
        backMs = Math.max(backMs, back(fault, nextMs, stream, longMs));
      }
      if (backMs > Long.MIN_VALUE) {
        seconds.add(Math.max(0, backMs - fault.endMs()) / 1000.0);
      }
    }
    return new Recoveries(faults.size(), seconds);
  }

  /** Those of several runs, one run after the other. */
  public static Recoveries together(List<Recoveries> runs) {
    return new Recoveries(
        runs.stream().mapToInt(Recoveries::faults).sum(),
        runs.stream().flatMap(run -> run.seconds().stream()).toList());
  }

  /** How many faults interrupted a stream. */
  public int interrupted() {
    return seconds.size();
  }

  /**
   * The quantile as the value of rank {@code ⌈q n⌉}: with few faults p95 is the slowest.
   *
   * @param q above 0, at most 1
   */
  public OptionalDouble quantileSeconds(double q) {
    double[] sorted = seconds.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    return sorted.length == 0
        ? OptionalDouble.empty()
        : OptionalDouble.of(sorted[(int) Math.ceil(q * sorted.length) - 1]);
  }

  private static long longMs(List<InjectedFault> faults, List<long[]> streams) {
    long calmUntilMs = faults.isEmpty() ? Long.MIN_VALUE : faults.get(0).startMs();
    long longestMs = 0;
    for (long[] stream : streams) {
      for (int i = 1; i < stream.length && stream[i] < calmUntilMs; i++) {
        longestMs = Math.max(longestMs, stream[i] - stream[i - 1]);
      }
    }
    return Math.max(LEAST_PAUSE_MS, 2 * longestMs);
  }

  /** End of the last long pause between the fault and the next; least long when there is none. */
  private static long back(InjectedFault fault, long nextMs, long[] stream, long longMs) {
    int first = Math.abs(Arrays.binarySearch(stream, fault.startMs()) + 1);
    long backMs = Long.MIN_VALUE;
    for (int i = Math.max(1, first); i < stream.length && stream[i - 1] < nextMs; i++) {
      // A pause that was short until the next fault is that one's doing.
      if (Math.min(stream[i], nextMs) - stream[i - 1] > longMs) {
        backMs = stream[i];
      }
    }
    return backMs;
  }
}
