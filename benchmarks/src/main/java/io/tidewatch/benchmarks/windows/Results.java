package io.tidewatch.benchmarks.windows;

import io.tidewatch.benchmarks.Figure;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** The results of all runs, by repetition. */
final class Results {
  private final List<Map<RunSpec, RunResult>> repetitions = new ArrayList<>();

  void beginRepetition() {
    repetitions.add(new LinkedHashMap<>());
  }

  void add(RunResult result) {
    repetitions.get(repetitions.size() - 1).put(result.spec(), result);
  }

  List<RunSpec> specs() {
    return repetitions.isEmpty() ? List.of() : List.copyOf(repetitions.get(0).keySet());
  }

  List<RunResult> all() {
    return repetitions.stream().flatMap(each -> each.values().stream()).toList();
  }

  private List<RunResult> of(RunSpec spec) {
    List<RunResult> found = new ArrayList<>();
    for (Map<RunSpec, RunResult> repetition : repetitions) {
      RunResult result = repetition.get(spec);
      if (result != null && result.filled()) {
        found.add(result);
      }
    }
    return found;
  }

  /** Empty when the spec was not run, or its windows were never full. */
  Optional<Figure> figure(RunSpec spec, ToDoubleFunction<RunResult> measure) {
    List<Double> values = of(spec).stream().mapToDouble(measure).boxed().toList();
    return values.isEmpty() ? Optional.empty() : Optional.of(Figure.of(values));
  }

  /**
   * Records per CPU-second of one over those of another, each repetition with its own: what slowed
   * the machine in one repetition slowed both.
   */
  Optional<Figure> ratio(RunSpec spec, RunSpec to) {
    List<Double> ratios = new ArrayList<>();
    for (Map<RunSpec, RunResult> repetition : repetitions) {
      RunResult one = repetition.get(spec);
      RunResult other = repetition.get(to);
      if (one != null && other != null && one.filled() && other.filled()) {
        ratios.add(one.recordsPerCpuSecond() / other.recordsPerCpuSecond());
      }
    }
    return ratios.isEmpty() ? Optional.empty() : Optional.of(Figure.of(ratios));
  }
}
