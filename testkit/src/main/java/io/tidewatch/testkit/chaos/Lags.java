package io.tidewatch.testkit.chaos;

import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.LongStream;

/**
 * How far results fell behind event time, and how fast they caught up.
 *
 * @param addedMs median lag of results written while a fault lasted, less that of the others; of
 *     several streams the least; 0 where none were written
 * @param slowestDrain seconds of event time a second in which a backlog was worked off, the slowest
 *     of all faults and streams; empty where nobody fell behind. Input has 1. It counts from the
 *     first result that is later than any before the first fault to the first that is not, or, of a
 *     backlog that the next fault or the end still finds there, to the last result before that.
 */
public record Lags(double addedMs, OptionalDouble slowestDrain) {

  /** Nothing was late. */
  public static Lags none() {
    return new Lags(0, OptionalDouble.empty());
  }

  /**
   * @param faults in order
   * @param streams results of each stream, in the order in which they were written
   * @param endMs when event time was ended, milliseconds since the epoch: results that only this
   *     brought did not catch up
   */
  public static Lags of(List<InjectedFault> faults, List<List<Write>> streams, long endMs) {
    if (faults.isEmpty() || streams.isEmpty()) {
      return none();
    }
    double added = Double.MAX_VALUE;
    OptionalDouble slowest = OptionalDouble.empty();
    for (List<Write> stream : streams) {
      long firstMs = faults.get(0).startMs();
      List<Write> calm = stream.stream().filter(write -> write.atMs() < firstMs).toList();
      List<Write> hit = stream.stream().filter(write -> during(faults, write)).toList();
      List<Write> others = stream.stream().filter(write -> !during(faults, write)).toList();
      boolean comparable = !others.isEmpty() && !hit.isEmpty();
      added = Math.min(added, comparable ? medianLagMs(hit) - medianLagMs(others) : 0);
      long calmMs = calm.stream().mapToLong(Write::lagMs).max().orElse(Long.MAX_VALUE);
      for (int i = 0; i < faults.size(); i++) {
        long untilMs = i + 1 < faults.size() ? faults.get(i + 1).startMs() : endMs;
        double drain = drain(faults.get(i).startMs(), untilMs, stream, calmMs);
        if (drain < slowest.orElse(Double.POSITIVE_INFINITY)) {
          slowest = OptionalDouble.of(drain);
        }
      }
    }
    return new Lags(added, slowest);
  }

  private static boolean during(List<InjectedFault> faults, Write write) {
    return faults.stream()
        .anyMatch(fault -> write.atMs() >= fault.startMs() && write.atMs() < fault.endMs());
  }

  private static double medianLagMs(List<Write> writes) {
    long[] sorted = writes.stream().mapToLong(Write::lagMs).sorted().toArray();
    return LongStream.of(sorted[(sorted.length - 1) / 2], sorted[sorted.length / 2])
        .average()
        .orElseThrow();
  }

  /** Infinite when nothing fell behind, or what did came at once or is of one event time only. */
  private static double drain(long fromMs, long untilMs, List<Write> stream, long calmMs) {
    Write first = null;
    Write last = null;
    for (Write write : stream) {
      if (write.atMs() < fromMs || write.atMs() >= untilMs) {
        continue;
      }
      boolean behind = write.lagMs() > calmMs;
      if (first != null) {
        last = write;
        if (!behind) {
          break;
        }
      } else if (behind) {
        first = write;
      }
    }
    if (first == null || last == null || last.eventMs() <= first.eventMs()) {
      return Double.POSITIVE_INFINITY;
    }
    return (last.eventMs() - first.eventMs()) / (double) (last.atMs() - first.atMs());
  }
}
