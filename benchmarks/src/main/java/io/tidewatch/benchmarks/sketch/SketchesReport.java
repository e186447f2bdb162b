package io.tidewatch.benchmarks.sketch;

import io.tidewatch.benchmarks.JmhFrame;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The figures as a document. */
final class SketchesReport {

  /**
   * One figure.
   *
   * @param operation {@code SketchBenchmark.add}
   * @param sketch its kind; empty for what is measured of ours only
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
        new StringBuilder(frame.head("Quantile sketches and panes: what they cost"));
    text.append(
        """
      Nanoseconds. *add*: one value to a sketch of thousands. *merge*: one pane of 100 values into a window of 60.
      *move*: one pane taken out of such a window and one added, which no other of these sketches can.
      *quantiles*: p50, p95, p99 after a value more. *bytes*, *worst error*: of a window of 60 such panes, as stored;
      the error is that of the value, over p50, p90, p95, p99 and p99.9, against the sorted array.
      """);
    for (Distribution distribution : Distribution.values()) {
      if (timings.stream().anyMatch(timing -> timing.distribution == distribution)) {
        sketches(text, distribution);
      }
    }
    panes(text);
    text.append("\n## Sketches\n\n");
    for (SketchKind kind : SketchKind.values()) {
      text.append("- `%s`: %s\n".formatted(kind, kind.what()));
    }
    return text.toString();
  }

  private void sketches(StringBuilder text, Distribution distribution) {
    text.append("\n## ").append(distribution).append("\n\n");
    text.append("| sketch | add | merge | move | quantiles | bytes | worst error |\n");
    text.append("|---|---|---|---|---|---|---|\n");
    for (SketchKind kind : SketchKind.values()) {
      if (timings.stream().noneMatch(timing -> timing.sketch.equals(Optional.of(kind)))) {
        continue;
      }
      Accuracy accuracy = Accuracy.of(kind, distribution);
      text.append(
          String.format(
              Locale.ROOT,
              "| `%s` | %s | %s | %s | %s | %,d | %.2f %% |%n",
              kind,
              cell(Optional.of(kind), distribution, "SketchBenchmark.add"),
              cell(Optional.of(kind), distribution, "SketchBenchmark.merge"),
              kind == SketchKind.TIDEWATCH
                  ? cell(Optional.empty(), distribution, "LatencyPaneBenchmark.moveSketch")
                  : "",
              cell(Optional.of(kind), distribution, "SketchBenchmark.quantiles"),
              accuracy.bytes(),
              100 * accuracy.worstRelativeError()));
    }
  }

  private void panes(StringBuilder text) {
    text.append(
        """

        ## Latency pane

        | distribution | add a request | merge a pane | move by a pane | four percentiles |
        |---|---|---|---|---|
        """);
    panes(text, "LatencyPaneBenchmark", "percentiles");
    text.append(
        """

        ## Feature pane, six fields

        | distribution | add a record | merge a pane | move by a pane | all features |
        |---|---|---|---|---|
        """);
    panes(text, "FeaturePaneBenchmark", "features");
  }

  private void panes(StringBuilder text, String benchmark, String result) {
    for (Distribution distribution : Distribution.values()) {
      if (timings.stream().anyMatch(timing -> timing.distribution == distribution)) {
        text.append(
            "| %s | %s |%n"
                .formatted(
                    distribution,
                    Stream.of("add", "merge", "move", result)
                        .map(operation -> benchmark + "." + operation)
                        .map(operation -> cell(Optional.empty(), distribution, operation))
                        .collect(Collectors.joining(" | "))));
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
