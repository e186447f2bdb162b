package io.tidewatch.benchmarks.pipeline;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidewatch.benchmarks.Figure;
import io.tidewatch.benchmarks.Machine;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The results as a document and as a line of JSON. */
final class PipelineReport {
  /** What a job must keep of its ceiling. */
  static final double GOAL = 0.70;

  private final PipelinePlan plan;
  private final PipelineResults results;

  PipelineReport(PipelinePlan plan, PipelineResults results) {
    this.plan = plan;
    this.results = results;
  }

  /** Markdown. */
  String text(Machine machine, String command, List<String> flags) {
    StringBuilder text = new StringBuilder(head(machine, command, flags));
    text.append("\n## Goals\n\n| ratio | goal | measured | reached |\n|---|---|---|---|\n");
    for (PipelineSpec spec : jobs()) {
      Optional<Figure> ratio = results.ofCeiling(spec);
      text.append(
          "| %s %s: job / ceiling | ≥ %s | %s | %s |\n"
              .formatted(
                  spec.message(),
                  spec.format(),
                  String.format(Locale.ROOT, "%.2f", GOAL),
                  ratio.map(Figure::thousandths).orElse("not measured"),
                  ratio.map(PipelineReport::reached).orElse("")));
    }
    text.append(
        """

        ## Stages

        | messages | format | stage | records per CPU-second | × ceiling | records/s | windows |
        |---|---|---|---|---|---|---|
        """);
    for (PipelineSpec spec : results.specs()) {
      text.append(
          "| %s | %s | `%s` | %s | %s | %s | %s |\n"
              .formatted(
                  spec.message(),
                  spec.format(),
                  spec.stage(),
                  results.figure(spec, PipelineResult::recordsPerCpuSecond).wholes(),
                  results.ofCeiling(spec).map(Figure::ratio).orElse(""),
                  results.figure(spec, PipelineResult::recordsPerSecond).wholes(),
                  results.figure(spec, PipelineResult::windows).wholes()));
    }
    text.append('\n');
    for (Stage stage : Stage.values()) {
      text.append("- `%s`: %s\n".formatted(stage, stage.what()));
    }
    return text.toString();
  }

  private String head(Machine machine, String command, List<String> flags) {
    var others = results.all().stream().mapToDouble(PipelineResult::othersCpus).summaryStatistics();
    var load = results.all().stream().mapToDouble(PipelineResult::loadAverage).summaryStatistics();
    return String.format(
        Locale.ROOT,
        """
      # Whole jobs: what they cost

      Written by `%s`; do not edit. %s

      A topic of one partition holds %,d messages, not compressed: of %,d keys, first one a key and event-second for
      %d event-seconds (as many as a window has, so that all its panes exist; fewer, and of the latency job in JSON only, with `--quick`), then %d a key and event-second. The jobs run as submitted, from their
      `build`, with windows of %d s sliding by 1 s and one alert rule; hashmap state, a checkpoint every %d s, object
      reuse, parallelism 1. Each run has a JVM of its own (`%s`) in which Flink is alone, and a database of
      its own; the CPU-seconds are those of this JVM: source, decoder, windows, and the JDBC driver, not those of Kafka
      and PostgreSQL, which run in other processes. The first %,d messages warm up, the others are measured. All runs
      one after the other, %d time(s): median (least – greatest). Ratios are of records per CPU-second, each repetition
      with its own.

      At this rate a hundredth as many rows as records are written. With fewer records a key and second the rows stay
      as many, and PostgreSQL is what limits a job.

      **%s**

      All other processes, Kafka and PostgreSQL among them, kept %.1f of the processors busy during the measurements
      (at most %.1f); load average at the start of a run %.1f to %.1f. Read ratios; figures taken beside other work are
      no promise.
      """,
        command,
        machine.date(),
        plan.records(),
        PipelinePlan.KEYS,
        plan.sparseSeconds(),
        PipelinePlan.RATE,
        PipelinePlan.WINDOW_SECONDS,
        PipelineChild.CHECKPOINT_EVERY.toSeconds(),
        String.join(" ", flags),
        plan.warmUpRecords(),
        plan.repetitions(),
        machine.description(),
        others.getAverage(),
        others.getMax(),
        load.getMin(),
        load.getMax());
  }

  /** One line. */
  String json() throws IOException {
    ObjectMapper mapper = new ObjectMapper();
    ObjectNode root = mapper.createObjectNode().put("ok", true).put("bench", "pipeline");
    ArrayNode figures = root.putArray("figures");
    for (PipelineSpec spec : results.specs()) {
      ObjectNode node = figures.addObject().setAll((ObjectNode) mapper.valueToTree(spec));
      node.set(
          "recordsPerCpuSecond",
          mapper.valueToTree(results.figure(spec, PipelineResult::recordsPerCpuSecond)));
      node.put("recordsPerSecond", results.figure(spec, PipelineResult::recordsPerSecond).median());
      node.put("windows", results.figure(spec, PipelineResult::windows).median());
    }
    ArrayNode goals = root.putArray("goals");
    for (PipelineSpec spec : jobs()) {
      ObjectNode node =
          goals
              .addObject()
              .put("goal", spec.message() + " " + spec.format() + ": job / ceiling")
              .put("target", GOAL);
      results
          .ofCeiling(spec)
          .ifPresent(
              ratio -> node.put("measured", ratio.median()).put("reached", ratio.median() >= GOAL));
    }
    return mapper.writeValueAsString(root);
  }

  private List<PipelineSpec> jobs() {
    return results.specs().stream().filter(spec -> spec.stage() == Stage.JOB).toList();
  }

  private static String reached(Figure ratio) {
    return ratio.median() >= GOAL ? "yes" : "no";
  }
}
