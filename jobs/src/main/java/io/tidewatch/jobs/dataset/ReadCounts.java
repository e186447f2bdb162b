package io.tidewatch.jobs.dataset;

import io.tidewatch.analytics.dataset.Selection.Verdict;
import io.tidewatch.udfs.dataset.DeviceRowsFunction;
import io.tidewatch.udfs.dataset.SelectFunction;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What became of the readings, as the accumulators of the job say.
 *
 * @param byName counts by the name of the accumulator
 */
record ReadCounts(Map<String, Long> byName) {

  static ReadCounts of(Map<String, Object> accumulators) {
    Map<String, Long> counts = new TreeMap<>();
    accumulators.forEach(
        (name, value) -> {
          if (value instanceof Long count) {
            counts.put(name, count);
          }
        });
    return new ReadCounts(counts);
  }

  private long get(String name) {
    return byName.getOrDefault(name, 0L);
  }

  long read() {
    return get(SelectFunction.READ);
  }

  long of(Verdict verdict) {
    return get(SelectFunction.accumulator(verdict));
  }

  long rowsCut() {
    return get(DeviceRowsFunction.ROWS_CUT);
  }

  long rejected() {
    return byName.entrySet().stream()
        .filter(each -> each.getKey().startsWith(SelectFunction.REJECTED))
        .mapToLong(Map.Entry::getValue)
        .sum();
  }

  /** In words, what is not zero. */
  @Override
  public String toString() {
    List<String> words = new ArrayList<>();
    words.add(read() + " read");
    for (Verdict verdict : Verdict.values()) {
      if (of(verdict) > 0) {
        words.add(of(verdict) + " " + SelectFunction.accumulator(verdict));
      }
    }
    byName.forEach(
        (name, count) -> {
          if (name.startsWith(SelectFunction.REJECTED)) {
            words.add(count + " " + name);
          }
        });
    return String.join(", ", words);
  }
}
