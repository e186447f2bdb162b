package io.tidewatch.benchmarks.variant;

import io.tidewatch.benchmarks.workload.Workload;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.DoubleStream;

/** The windows of a workload, from all values of each, sorted. */
final class ExactWindows {
  /** A window of a key. */
  record Id(int key, long endMs) {}

  private final Map<Id, double[]> sorted = new HashMap<>();

  ExactWindows(Workload workload) {
    double[] values = Workload.values();
    Map<Id, DoubleStream.Builder> unsorted = new TreeMap<>(ExactWindows::compare);
    for (long second = 0; second < workload.seconds(); second++) {
      for (int i = 0; i < workload.records(second); i++) {
        for (int later = 1; later <= workload.overlap(); later++) {
          unsorted
              .computeIfAbsent(
                  new Id(workload.key(i), Workload.startMs(second + later)),
                  id -> DoubleStream.builder())
              .add(values[Workload.valueIndex(second, i)]);
        }
      }
    }
    unsorted.forEach((id, all) -> sorted.put(id, all.build().sorted().toArray()));
  }

  private static int compare(Id one, Id other) {
    return one.key == other.key
        ? Long.compare(one.endMs, other.endMs)
        : Integer.compare(one.key, other.key);
  }

  int size() {
    return sorted.size();
  }

  long count(Id id) {
    return sorted.getOrDefault(id, new double[0]).length;
  }

  /** The values between which a quantile lies, whichever way it is defined. */
  double[] around(Id id, double q) {
    double[] all = sorted.get(id);
    double rank = q * (all.length - 1);
    return Arrays.copyOfRange(all, (int) Math.floor(rank), (int) Math.ceil(rank) + 1);
  }
}
