package io.tidewatch.benchmarks.keys;

import io.tidewatch.benchmarks.Figure;
import io.tidewatch.benchmarks.variant.Setting;
import io.tidewatch.benchmarks.windows.RunResult;
import io.tidewatch.benchmarks.windows.RunSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How fast records go through on each backend, repetition by repetition. */
final class Paces {

  /** Both backends, one after the other. */
  private record Pair(RunResult heap, RunResult disk) {}

  private final Map<RunSpec, List<Pair>> pairs = new LinkedHashMap<>();

  void add(RunResult heap, RunResult disk) {
    pairs.computeIfAbsent(heap.spec(), spec -> new ArrayList<>()).add(new Pair(heap, disk));
  }

  List<RunSpec> specs() {
    return List.copyOf(pairs.keySet());
  }

  /** Records per CPU-second; empty when the windows were not full in time. */
  Optional<Figure> perCpuSecond(RunSpec spec, String backend) {
    List<Double> values =
        of(spec).stream()
            .map(pair -> backend.equals(Setting.HEAP) ? pair.heap : pair.disk)
            .filter(RunResult::filled)
            .map(RunResult::recordsPerCpuSecond)
            .toList();
    return values.isEmpty() ? Optional.empty() : Optional.of(Figure.of(values));
  }

  /** Heap over disk, each repetition with its own. */
  Optional<Figure> ratio(RunSpec spec) {
    List<Double> values =
        of(spec).stream()
            .filter(pair -> pair.heap.filled() && pair.disk.filled())
            .map(pair -> pair.heap.recordsPerCpuSecond() / pair.disk.recordsPerCpuSecond())
            .toList();
    return values.isEmpty() ? Optional.empty() : Optional.of(Figure.of(values));
  }

  private List<Pair> of(RunSpec spec) {
    return pairs.getOrDefault(spec, List.of());
  }
}
