package io.tidewatch.benchmarks.sketch;

import io.tidewatch.benchmarks.JmhFrame;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The figures as a document. */
final class SketchesReport {

  /**
   * One figure.
   *
   * @param operation {@code SketchBenchmark.add}
   * @param sketch its kind; empty for a feature pane
   * @param nanos average time
   * @param error half of its 99.9 % confidence interval; NaN when there were too few iterations
   */
  record Timing(
      String operation,
      Optional<SketchKind> sketch,
      Distribution distribution,
      double nanos,
      double error) {}

  private final List<Timing> timings;
  private final JmhFrame frame;

  SketchesReport(List<Timing> timings, JmhFrame frame) {
    this.timings = timings;
    this.frame = frame;
  }

  /** Markdown. */
  String text() {
    StringBuilder text =
        new StringBuilder(frame.head("Quantile sketches and feature panes: what they cost"));
    text.append(
        """
      Nanoseconds. *add*: one value to a sketch of thousands. *merge*: one pane of 100 values into a window of 60.
      *quantiles*: p50, p95, p99 after a value more. *bytes*, *worst error*: of a window of 60 such panes, as stored;
      the error is that of the value, over p50, p90, p95, p99 and p99.9, against the sorted array.
      """);
    for (Distribution distribution : Distribution.values()) {
      if (timings.stream().anyMatch(timing -> timing.distribution == distribution)) {
        sketches(text, distribution);
      }
    }
    features(text);
    text.append("\n## Sketches\n\n");
    for (SketchKind kind : SketchKind.values()) {
      text.append("- `%s`: %s\n".formatted(kind, kind.what()));
    }
    return text.toString();
  }

  private void sketches(StringBuilder text, Distribution distribution) {
    text.append("\n## ").append(distribution).append("\n\n");
    text.append("| sketch | add | merge | quantiles | bytes | worst error |\n");
    text.append("|---|---|---|---|---|---|\n");
    for (SketchKind kind : SketchKind.values()) {
      if (timings.stream().noneMatch(timing -> timing.sketch.equals(Optional.of(kind)))) {
        continue;
      }
      Accuracy accuracy = Accuracy.of(kind, distribution);
      text.append(
          String.format(
              Locale.ROOT,
              "| `%s` | %s | %s | %s | %,d | %.2f %% |%n",
              kind,
              cell(Optional.of(kind), distribution, "SketchBenchmark.add"),
              cell(Optional.of(kind), distribution, "SketchBenchmark.merge"),
              cell(Optional.of(kind), distribution, "SketchBenchmark.quantiles"),
              accuracy.bytes(),
              100 * accuracy.worstRelativeError()));
    }
  }

  private void features(StringBuilder text) {
    text.append("\n## Feature pane, six fields\n\n");
    text.append(
        "| distribution | add a record | merge a pane | all features |\n|---|---|---|---|\n");
    for (Distribution distribution : Distribution.values()) {
      if (timings.stream().anyMatch(timing -> timing.distribution == distribution)) {
        text.append(
            "| %s | %s | %s | %s |%n"
                .formatted(
                    distribution,
                    cell(Optional.empty(), distribution, "FeaturePaneBenchmark.add"),
                    cell(Optional.empty(), distribution, "FeaturePaneBenchmark.merge"),
                    cell(Optional.empty(), distribution, "FeaturePaneBenchmark.features")));
      }
    }
  }

  private String cell(Optional<SketchKind> sketch, Distribution distribution, String operation) {
    return timings.stream()
        .filter(timing -> timing.sketch.equals(sketch))
        .filter(timing -> timing.distribution == distribution)
        .filter(timing -> timing.operation.equals(operation))
        .findFirst()
        .map(SketchesReport::cell)
        .orElse("");
  }

  private static String cell(Timing timing) {
    return Double.isNaN(timing.error)
        ? String.format(Locale.ROOT, "%,.1f", timing.nanos)
        : String.format(Locale.ROOT, "%,.1f ± %,.1f", timing.nanos, timing.error);
  }
}
