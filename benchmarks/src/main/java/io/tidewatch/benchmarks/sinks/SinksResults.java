package io.tidewatch.benchmarks.sinks;

import io.tidewatch.benchmarks.Figure;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** The results of all runs, by repetition. */
final class SinksResults {
  private final List<SinkResult> results = new ArrayList<>();
  private final List<SinkResult> delayed = new ArrayList<>();

  /** A run without delay; all kinds of a repetition come before the next repetition. */
  void add(SinkResult result) {
    results.add(result);
  }

  void addDelayed(SinkResult result) {
    delayed.add(result);
  }

  List<SinkResult> delayed() {
    return List.copyOf(delayed);
  }

  Optional<Figure> figure(SinkKind kind, ToDoubleFunction<SinkResult> value) {
    List<Double> values = of(kind).stream().mapToDouble(value).boxed().toList();
    return values.isEmpty() ? Optional.empty() : Optional.of(Figure.of(values));
  }

  /** Rows per CPU-second of one kind by those of another, each repetition with its own. */
  Optional<Figure> ratio(SinkKind kind, SinkKind by) {
    List<SinkResult> above = of(kind);
    List<SinkResult> below = of(by);
    if (above.isEmpty() || above.size() != below.size()) {
      return Optional.empty();
    }
    List<Double> ratios = new ArrayList<>();
    for (int i = 0; i < above.size(); i++) {
      ratios.add(above.get(i).rowsPerCpuSecond() / below.get(i).rowsPerCpuSecond());
    }
    return Optional.of(Figure.of(ratios));
  }

  private List<SinkResult> of(SinkKind kind) {
    return results.stream().filter(result -> result.kind() == kind).toList();
  }
}
