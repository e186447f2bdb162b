package io.tidewatch.testkit;

import io.tidewatch.schemas.model.PointWindowSpec;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToLongFunction;

/** The windows by points of one series, by sorting all its records and counting them off. */
public final class PointWindowOracle {
  private PointWindowOracle() {}

  /**
   * @param startMs event time of its first record
   * @param endMs 1 ms after its last record, or after the end before where that is not later
   * @param records in order
   */
  public record Counted<T>(long startMs, long endMs, List<T> records) {}

  /**
   * All windows in order.
   *
   * @param sameTime order of the records of one millisecond
   */
  public static <T> List<Counted<T>> windows(
      List<T> records,
      ToLongFunction<T> eventTimeMs,
      Comparator<T> sameTime,
      PointWindowSpec window) {
    List<T> sorted = new ArrayList<>(records);
    sorted.sort(Comparator.comparingLong(eventTimeMs).thenComparing(sameTime));
    List<Counted<T>> windows = new ArrayList<>();
    List<T> run = new ArrayList<>();
    long lastMs = Long.MIN_VALUE;
    long toldMs = Long.MIN_VALUE; // the last millisecond of the last window
    for (T record : sorted) {
      long timeMs = eventTimeMs.applyAsLong(record);
      if (!run.isEmpty() && timeMs - Math.max(lastMs, toldMs) >= window.forgetAfter().toMillis()) {
        run.clear();
      }
      lastMs = timeMs;
      run.add(record);
      int count = run.size();
      if (count >= window.size() && (count - window.size()) % window.slide() == 0) {
        List<T> last = List.copyOf(run.subList(count - window.size(), count));
        toldMs = Math.max(timeMs, toldMs + 1);
        windows.add(new Counted<>(eventTimeMs.applyAsLong(last.get(0)), toldMs + 1, last));
      }
    }
    return windows;
  }
}
