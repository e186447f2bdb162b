package io.tidewatch.benchmarks.pipeline;

import io.tidewatch.benchmarks.Figure;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** The results of all runs, by repetition. */
final class PipelineResults {
  private final List<Map<PipelineSpec, PipelineResult>> repetitions = new ArrayList<>();

  void beginRepetition() {
    repetitions.add(new LinkedHashMap<>());
  }

  void add(PipelineResult result) {
    repetitions.get(repetitions.size() - 1).put(result.spec(), result);
  }

  List<PipelineSpec> specs() {
    return repetitions.isEmpty() ? List.of() : List.copyOf(repetitions.get(0).keySet());
  }

  List<PipelineResult> all() {
    return repetitions.stream().flatMap(each -> each.values().stream()).toList();
  }

  /**
   * @throws IllegalArgumentException when that was never run
   */
  Figure figure(PipelineSpec spec, ToDoubleFunction<PipelineResult> measure) {
    return Figure.of(
        all().stream()
            .filter(result -> result.spec().equals(spec))
            .map(measure::applyAsDouble)
            .toList());
  }

  /**
   * Records per CPU-second over those of the ceiling, each repetition with its own: what slowed the
   * machine in one repetition slowed both. Empty when either was not run.
   */
  Optional<Figure> ofCeiling(PipelineSpec spec) {
    List<Double> ratios = new ArrayList<>();
    for (Map<PipelineSpec, PipelineResult> repetition : repetitions) {
      PipelineResult one = repetition.get(spec);
      PipelineResult ceiling = repetition.get(spec.withStage(Stage.DECODE));
      if (one != null && ceiling != null) {
        ratios.add(one.recordsPerCpuSecond() / ceiling.recordsPerCpuSecond());
      }
    }
    return ratios.isEmpty() ? Optional.empty() : Optional.of(Figure.of(ratios));
  }
}
