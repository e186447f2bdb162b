package io.tidewatch.benchmarks.windows;

import io.tidewatch.benchmarks.Figure;
import io.tidewatch.benchmarks.Machine;
import io.tidewatch.benchmarks.variant.Variants;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** The results as a document. */
final class WindowsReport {
  private static final String EXPLANATION =
      """

      *records per CPU-second*: of the whole process, with generator, serialisation, garbage collection, compiler.
      *× ceiling*: over the same source with nothing behind its `keyBy`. *heap*: after a collection, while the job
      runs. *checkpoint*: the last one. *full*: how many of the records of a window were there when the measurement
      began; below 100 % merging and state are cheaper than they will be.
      """;

  private final Plan plan;
  private final Results results;
  private final Machine machine;
  private final String command;
  private final List<String> flags;

  WindowsReport(Plan plan, Results results, Machine machine, String command, List<String> flags) {
    this.plan = plan;
    this.results = results;
    this.machine = machine;
    this.command = command;
    this.flags = flags;
  }

  /** Markdown. */
  String text() {
    StringBuilder text = new StringBuilder(head());
    text.append("\n## Goals\n\n| ratio | goal | measured | reached |\n|---|---|---|---|\n");
    Goal.of(results).forEach(goal -> text.append(goal.line()).append('\n'));
    text.append("\n![records per CPU-second](windows.svg)\n");
    sections().forEach((title, specs) -> section(text, title, specs));
    text.append(EXPLANATION);
    text.append("\n## Variants\n\n");
    results.specs().stream()
        .map(RunSpec::variant)
        .distinct()
        .map(Variants::get)
        .forEach(variant -> text.append("- `%s`: %s\n".formatted(variant.id(), variant.what())));
    return text.toString();
  }

  private String head() {
    RunTimes times = plan.times();
    return String.format(
        Locale.ROOT,
        """
      # Sliding windows: what they cost

      Written by `%s`; do not edit. %s

      The same source, windows that slide by one second, p50, p95 and p99 of each key, hashmap state,
      checkpoints every %d s, object reuse, results discarded. Each run has a JVM of its own (`%s`).
      It waits until a window holds all its records, though no longer than %d s, warms up for %d s and is
      measured for %d s. All variants one after the other, %d time(s): median (least – greatest). Ratios are of
      records per CPU-second, each repetition with its own.

      **%s**

      %s""",
        command,
        machine.date(),
        times.checkpointSeconds(),
        String.join(" ", flags),
        times.recordsSeconds(),
        times.warmUpSeconds(),
        times.measuredSeconds(),
        plan.repetitions(),
        machine.description(),
        results.besides());
  }

  private Map<String, List<RunSpec>> sections() {
    Map<String, List<RunSpec>> sections = new LinkedHashMap<>();
    for (RunSpec spec : results.specs()) {
      String title =
          "%d s windows (overlap %d), %,d keys, %d records a key and event-second, parallelism %d"
              .formatted(
                  spec.overlap(),
                  spec.overlap(),
                  spec.keys(),
                  spec.perKeyAndSecond(),
                  spec.parallelism());
      sections.computeIfAbsent(title, key -> new ArrayList<>()).add(spec);
    }
    return sections;
  }

  private void section(StringBuilder text, String title, List<RunSpec> specs) {
    text.append("\n## ").append(title).append("\n\n");
    text.append(
        "| variant | records per CPU-second | × ceiling | × `window` | records/s | windows/s"
            + " | heap MB | checkpoint MB | checkpoint ms | full |\n"
            + "|---|---|---|---|---|---|---|---|---|---|\n");
    specs.forEach(spec -> text.append(row(spec)).append('\n'));
  }

  private String row(RunSpec spec) {
    Optional<Figure> figure = results.figure(spec, RunResult::recordsPerCpuSecond);
    if (figure.isEmpty()) {
      return "| `%s` | windows not full after %d s | | | | | | | | |"
          .formatted(spec.variant(), plan.times().panesSeconds());
    }
    boolean stateful = results.figure(spec, RunResult::checkpoints).get().max() > 0;
    return "| `%s` | %s | %s | %s | %s | %s | %s | %s | %s | %.0f %% |"
        .formatted(
            spec.variant(),
            figure.get().wholes(),
            results.ratio(spec, ceilingOf(spec)).map(Figure::ratio).orElse(""),
            results.ratio(spec, spec.withVariant("window")).map(Figure::ratio).orElse(""),
            wholes(spec, RunResult::recordsPerSecond),
            wholes(spec, result -> isCeiling(spec) ? 0 : result.results() / result.wallSeconds()),
            megabytes(spec, RunResult::heapBytes),
            stateful ? megabytes(spec, RunResult::checkpointBytes) : "",
            stateful ? wholes(spec, RunResult::checkpointMs) : "",
            100 * results.figure(spec, RunResult::filledShare).get().median());
  }

  private String wholes(RunSpec spec, ToDoubleFunction<RunResult> measure) {
    return results.figure(spec, measure).map(Figure::wholes).orElse("");
  }

  private String megabytes(RunSpec spec, ToDoubleFunction<RunResult> measure) {
    return results.figure(spec, measure).map(Figure::megabytes).orElse("");
  }

  private static boolean isCeiling(RunSpec spec) {
    return Variants.get(spec.variant()).ceiling().equals(spec.variant());
  }

  /** A ceiling has no windows, so that of the main overlap is that of all. */
  private static RunSpec ceilingOf(RunSpec spec) {
    return new RunSpec(
        Variants.get(spec.variant()).ceiling(),
        spec.parallelism(),
        Plan.OVERLAP,
        spec.perKeyAndSecond());
  }
}
