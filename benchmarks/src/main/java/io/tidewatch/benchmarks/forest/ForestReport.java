package io.tidewatch.benchmarks.forest;

import io.tidewatch.benchmarks.JmhFrame;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The figures as a document. */
final class ForestReport {

  /**
   * One figure.
   *
   * @param operation {@code ForestBenchmark.fit}
   * @param micros average time
   * @param error half of its 99.9 % confidence interval; NaN when there were too few iterations
   */
  record Timing(String operation, ForestKind forest, double micros, double error) {}

  /** What Tidewatch's forest may cost at most, microseconds on one thread. */
  private enum Goal {
    FIT("ForestBenchmark.fit", 3_000),
    SCORE("ForestBenchmark.score", 2),
    SCORES("ForestBenchmark.scores", 1);

    private final String operation;
    private final double micros;

    Goal(String operation, double micros) {
      this.operation = operation;
      this.micros = micros;
    }
  }

  /** How many times as long others take at least. */
  private enum Ratio {
    SMILE(ForestKind.SMILE_TREES, 20),
    RANDOM_CUT(ForestKind.RANDOM_CUT, 80);

    private final ForestKind kind;
    private final double times;

    Ratio(ForestKind kind, double times) {
      this.kind = kind;
      this.times = times;
    }
  }

  private final List<Timing> timings;
  private final JmhFrame frame;

  ForestReport(List<Timing> timings, JmhFrame frame) {
    this.timings = timings;
    this.frame = frame;
  }

  /** Markdown. */
  String text() {
    StringBuilder text = new StringBuilder(frame.head("Isolation forests: what they cost"));
    text.append(
        String.format(
            Locale.ROOT,
            """
                Microseconds on one thread; rows have %d features. *fit*: a forest from %,d rows. *score*: one row.
                *in a batch*: a row among %,d. *attribution*: which features it was, for one row.

                | forest | fit | score | in a batch | attribution |
                |---|---|---|---|---|
                """,
            BenchmarkRows.FEATURES,
            BenchmarkRows.ROWS,
            BenchmarkRows.ROWS));
    for (ForestKind kind : ForestKind.values()) {
      if (timings.stream().anyMatch(timing -> timing.forest == kind)) {
        text.append(
            "| `%s` | %s | %s | %s | %s |%n"
                .formatted(
                    kind,
                    cell(kind, "ForestBenchmark.fit"),
                    cell(kind, "ForestBenchmark.score"),
                    cell(kind, "ForestBenchmark.scores"),
                    cell(kind, "AttributionBenchmark.attribution")));
      }
    }
    goals(text);
    ratios(text);
    text.append("\n## Forests\n\n");
    for (ForestKind kind : ForestKind.values()) {
      text.append("- `%s`: %s\n".formatted(kind, kind.what()));
    }
    return text.toString();
  }

  private void goals(StringBuilder text) {
    text.append("\n## Goals\n\n| of `TIDEWATCH` | at most | was | |\n|---|---|---|---|\n");
    for (Goal goal : Goal.values()) {
      timing(ForestKind.TIDEWATCH, goal.operation)
          .ifPresent(
              timing ->
                  text.append(
                      String.format(
                          Locale.ROOT,
                          "| %s | %,.1f | %,.1f | %s |%n",
                          goal.operation,
                          goal.micros,
                          timing.micros,
                          timing.micros <= goal.micros ? "met" : "**missed**")));
    }
  }

  private void ratios(StringBuilder text) {
    text.append("\n| takes so many times as long | at least about | was | |\n|---|---|---|---|\n");
    for (Ratio ratio : Ratio.values()) {
      for (Goal goal : Goal.values()) {
        ratio(ratio.kind, goal.operation)
            .ifPresent(
                times ->
                    text.append(
                        String.format(
                            Locale.ROOT,
                            "| %s, `%s` | %.0f | %.1f | %s |%n",
                            goal.operation,
                            ratio.kind,
                            ratio.times,
                            times,
                            times >= ratio.times ? "met" : "**missed**")));
      }
    }
  }

  private Optional<Double> ratio(ForestKind kind, String operation) {
    Optional<Timing> own = timing(ForestKind.TIDEWATCH, operation);
    return timing(kind, operation)
        .flatMap(other -> own.map(timing -> other.micros / timing.micros));
  }

  private String cell(ForestKind kind, String operation) {
    return timing(kind, operation).map(ForestReport::cell).orElse("");
  }

  private Optional<Timing> timing(ForestKind kind, String operation) {
    return timings.stream()
        .filter(timing -> timing.forest == kind && timing.operation.equals(operation))
        .findFirst();
  }

  private static String cell(Timing timing) {
    return Double.isNaN(timing.error)
        ? String.format(Locale.ROOT, "%,.2f", timing.micros)
        : String.format(Locale.ROOT, "%,.2f ± %,.2f", timing.micros, timing.error);
  }
}
