package io.tidewatch.benchmarks.features;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidewatch.benchmarks.BarChart;
import io.tidewatch.benchmarks.Figure;
import io.tidewatch.benchmarks.Machine;
import io.tidewatch.benchmarks.variant.FeatureJob;
import io.tidewatch.benchmarks.variant.Variants;
import io.tidewatch.benchmarks.windows.Goal;
import io.tidewatch.benchmarks.windows.Plan;
import io.tidewatch.benchmarks.windows.Results;
import io.tidewatch.benchmarks.windows.RunResult;
import io.tidewatch.benchmarks.windows.RunSpec;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** The results as a document, a chart and a line of JSON. */
final class FeaturesReport {
  /** Field values per CPU-second through cleaning and the default features by points. */
  static final double GOAL = 1_000_000;

  private static final String EXPLANATION =
      """

      *field values*: records times the fields of each, missing ones too. *per CPU-second*: of the whole process, with
      generator, serialisation, garbage collection, compiler. *× without*: records per CPU-second over those of the same
      job without features. *heap*: after a collection, while the job runs. *full*: how many of the records of a window
      were there when the measurement began; below 100 % its windows cost less than they will.
      """;

  private final Plan plan;
  private final Results results;

  FeaturesReport(Plan plan, Results results) {
    this.plan = plan;
    this.results = results;
  }

  /** Markdown. */
  String text(Machine machine, String command, List<String> flags) {
    StringBuilder text = new StringBuilder(head(machine, command, flags));
    text.append("\n## Goals\n\n| what | goal | measured | reached |\n|---|---|---|---|\n");
    goals().forEach(goal -> text.append(goal.line()).append('\n'));
    text.append(
        """

        ![field values per CPU-second](features.svg)

        ## Variants

        | variant | field values per CPU-second | records per CPU-second | × without | records/s | windows/s | heap MB | full |
        |---|---|---|---|---|---|---|---|
        """);
    results.specs().forEach(spec -> text.append(row(spec)).append('\n'));
    text.append(EXPLANATION).append('\n');
    for (RunSpec spec : results.specs()) {
      text.append("- `%s`: %s\n".formatted(spec.variant(), Variants.get(spec.variant()).what()));
    }
    return text.toString();
  }

  private String head(Machine machine, String command, List<String> flags) {
    return String.format(
        Locale.ROOT,
        """
        # Features: what cleaning and features cost

        Written by `%s`; do not edit. %s

        The telemetry job between decoding and alerts: %,d devices, %d records of %d fields a device and event-second,
        hashmap state, checkpoints every %d s, object reuse, parallelism 1, results discarded. Two to three of a hundred
        values are missing, and values have a long tail, so that `iqr` finds outliers in most windows. Each run has a JVM of
        its own (`%s`). It waits until a window holds all its records, though no longer than %d s, warms up for
        %d s and is measured for %d s. All variants one after the other, %d time(s): median (least – greatest).
        Ratios are of each repetition.

        **%s**

        %s""",
        command,
        machine.date(),
        FeaturesPlan.spec(FeatureJob.WITHOUT).keys(),
        FeaturesPlan.PER_KEY_AND_SECOND,
        FeatureJob.FIELDS,
        plan.times().checkpointSeconds(),
        String.join(" ", flags),
        plan.times().recordsSeconds(),
        plan.times().warmUpSeconds(),
        plan.times().measuredSeconds(),
        plan.repetitions(),
        machine.description(),
        results.besides());
  }

  private List<Goal> goals() {
    return List.of(
        Goal.atLeast(
            "`points-cleaned`: field values per CPU-second",
            GOAL,
            fieldValues(FeaturesPlan.spec(FeatureJob.POINTS_CLEANED))));
  }

  private Optional<Figure> fieldValues(RunSpec spec) {
    return results.figure(spec, result -> result.recordsPerCpuSecond() * FeatureJob.FIELDS);
  }

  private Optional<Figure> ofWithout(RunSpec spec) {
    return results.ratio(spec, FeaturesPlan.spec(FeatureJob.WITHOUT));
  }

  private String row(RunSpec spec) {
    Optional<Figure> values = fieldValues(spec);
    if (values.isEmpty()) {
      return "| `%s` | windows not full after %d s | | | | | | |"
          .formatted(spec.variant(), plan.times().panesSeconds());
    }
    return "| `%s` | %s | %s | %s | %s | %s | %s | %.0f %% |"
        .formatted(
            spec.variant(),
            values.get().wholes(),
            figure(spec, RunResult::recordsPerCpuSecond).wholes(),
            ofWithout(spec).map(Figure::ratio).orElse(""),
            figure(spec, RunResult::recordsPerSecond).wholes(),
            figure(spec, result -> hasWindows(spec) ? result.results() / result.wallSeconds() : 0)
                .wholes(),
            figure(spec, RunResult::heapBytes).megabytes(),
            100 * figure(spec, RunResult::filledShare).median());
  }

  private static boolean hasWindows(RunSpec spec) {
    return !spec.variant().equals(FeatureJob.WITHOUT.id());
  }

  private Figure figure(RunSpec spec, ToDoubleFunction<RunResult> measure) {
    return results.figure(spec, measure).orElseThrow();
  }

  /** Field values per CPU-second. */
  BarChart chart() {
    List<BarChart.Bar> bars =
        results.specs().stream()
            .flatMap(
                spec ->
                    fieldValues(spec).stream()
                        .map(
                            figure ->
                                new BarChart.Bar(
                                    spec.variant(), figure.median(), figure.min(), figure.max())))
            .toList();
    return new BarChart("Field values per CPU-second, parallelism 1", bars);
  }

  /** One line. */
  String json() throws IOException {
    ObjectMapper mapper = new ObjectMapper();
    ObjectNode root = mapper.createObjectNode().put("ok", true).put("bench", "features");
    ArrayNode figures = root.putArray("figures");
    for (RunSpec spec : results.specs()) {
      ObjectNode node = figures.addObject().setAll((ObjectNode) mapper.valueToTree(spec));
      fieldValues(spec)
          .ifPresent(figure -> node.set("fieldValuesPerCpuSecond", mapper.valueToTree(figure)));
      results
          .figure(spec, RunResult::recordsPerCpuSecond)
          .ifPresent(figure -> node.set("recordsPerCpuSecond", mapper.valueToTree(figure)));
      ofWithout(spec).ifPresent(figure -> node.set("ofWithout", mapper.valueToTree(figure)));
      results
          .figure(spec, RunResult::results)
          .ifPresent(figure -> node.put("results", figure.median()));
    }
    Goal.put(root, goals());
    return mapper.writeValueAsString(root);
  }
}
