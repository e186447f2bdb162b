package io.tidewatch.benchmarks.windows;

import io.tidewatch.benchmarks.Figure;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** The results of all runs, by repetition. */
public final class Results {
  private final List<Map<RunSpec, RunResult>> repetitions = new ArrayList<>();

  /** What is added from now on is of another repetition. */
  public void beginRepetition() {
    repetitions.add(new LinkedHashMap<>());
  }

  /** Adds a result to the repetition. */
  public void add(RunResult result) {
    repetitions.get(repetitions.size() - 1).put(result.spec(), result);
  }

  /** What was run, in the order of the first repetition. */
  public List<RunSpec> specs() {
    return repetitions.isEmpty() ? List.of() : List.copyOf(repetitions.get(0).keySet());
  }

  /** All results. */
  public List<RunResult> all() {
    return repetitions.stream().flatMap(each -> each.values().stream()).toList();
  }

  /** What else the machine did meanwhile, in words. */
  public String besides() {
    var others = all().stream().mapToDouble(RunResult::othersCpus).summaryStatistics();
    var load = all().stream().mapToDouble(RunResult::loadAverage).summaryStatistics();
    return String.format(
        Locale.ROOT,
        """
        Other processes kept %.1f of the processors busy during the measurements (at most %.1f); load average at
        the start of a run %.1f to %.1f. Read ratios; figures taken beside other work are no promise.
        """,
        others.getAverage(),
        others.getMax(),
        load.getMin(),
        load.getMax());
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
  public Optional<Figure> figure(RunSpec spec, ToDoubleFunction<RunResult> measure) {
    List<Double> values = of(spec).stream().mapToDouble(measure).boxed().toList();
    return values.isEmpty() ? Optional.empty() : Optional.of(Figure.of(values));
  }

  /**
   * Records per CPU-second of one over those of another, each repetition with its own: what slowed
   * the machine in one repetition slowed both.
   */
  public Optional<Figure> ratio(RunSpec spec, RunSpec to) {
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
