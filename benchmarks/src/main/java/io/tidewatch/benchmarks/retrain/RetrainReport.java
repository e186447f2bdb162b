package io.tidewatch.benchmarks.retrain;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidewatch.benchmarks.Machine;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/** The results as a document and a line of JSON. */
record RetrainReport(RetrainPlan plan, List<RetrainResult> results) {
  /** Of a row's delay while models are trained, 99 of 100 rows, in milliseconds. */
  static final double GOAL_MS = 50;

  /** Markdown. */
  String text(Machine machine, String command, List<String> flags) {
    StringBuilder text = new StringBuilder(head(machine, command, flags));
    text.append(
        "\n## Goals\n\n| what | goal | measured | work alone | reached |\n|---|---|---|---|---|\n");
    for (RetrainResult result : trained()) {
      text.append(
          format(
              "| %s on %s: p99 of the delay while models are trained, ms | < %.0f | %.2f | %.2f | %s |%n",
              result.spec().scopeName(),
              result.spec().backend(),
              GOAL_MS,
              result.p99Ms(),
              result.workP99Ms(),
              isReached(result) ? "yes" : "no"));
    }
    text.append(
        """

        ## Delays

        | scope | state | models trained | rows | p50 ms | p99 ms | p99.9 ms | max ms | work alone: p99 ms | max ms | stolen |
        |---|---|---|---|---|---|---|---|---|---|---|
        """);
    for (RetrainResult result : results) {
      text.append(
          format(
              "| %s | %s | %s | %,d | %.3f | %.3f | %.3f | %.1f | %.3f | %.1f | %.0f %% |%n",
              result.spec().scopeName(),
              result.spec().backend(),
              result.spec().retrains()
                  ? format(
                      "%d, %.1f a second",
                      result.trained(), (double) result.trained() / result.spec().seconds())
                  : "none",
              result.rows(),
              result.p50Ms(),
              result.p99Ms(),
              result.p999Ms(),
              result.maxMs(),
              result.workP99Ms(),
              result.workMaxMs(),
              result.stolen() * 100));
    }
    return text.append(EXPLANATION).toString();
  }

  private static final String EXPLANATION =
      """

      *delay*: from the moment at which a row is due to the moment at which its score has left the operator, in one JVM and
      by its clock. A row that comes while a model is trained waits for the training and for those before it, and both
      count. *max* also has what a checkpoint, a collection of garbage or another process took.

      *work alone*: the same delays had the thread that scores never waited for a processor: reckoned from the processor
      time it took for each row, its trainings and its part of a checkpoint among it (a row waits for what is left of the row
      before it). Pauses of the JVM for garbage are not in it. *stolen*: of the time of the processors, what the host of
      this virtual machine gave to others while rows were measured, which no load average shows. The goal is held against the clock.

      Trainings of devices are spread evenly here. Devices that all begin in one moment, with as many rows a second, come
      to their trainings together; so long do their rows wait.
      """;

  private String head(Machine machine, String command, List<String> flags) {
    var load = results.stream().mapToDouble(RetrainResult::loadAverage).summaryStatistics();
    return format(
        """
        # Retrain: what rows wait while models are trained

        Written by `%s`; do not edit. %s

        The topology of the anomaly job with one subtask, between a source that sends %,d rows of %d features a second and a
        sink that looks at the clock; the settings are those that are shipped, with full histories, but a model is trained
        each %,d rows of its key, and no single metrics are scored beside. *fleet*: one model; *device*: %d, each of %d rows a second. Object reuse, a checkpoint
        each %d s, rows sent at once and not collected in buffers. Each run has a JVM of its own (`%s`), and is measured
        for %d s after %d s at the same pace.

        **%s**

        Load average at the start of a run %.1f to %.1f.
        """,
        command,
        machine.date(),
        plan.rowsPerSecond(),
        PacedRows.FEATURES,
        plan.everyRows(),
        plan.devices(),
        plan.rowsPerSecond() / plan.devices(),
        RetrainRun.CHECKPOINT_EVERY.toSeconds(),
        String.join(" ", flags),
        plan.seconds(),
        plan.warmUpSeconds(),
        machine.description(),
        load.getMin(),
        load.getMax());
  }

  /** One line. */
  String json() throws IOException {
    ObjectMapper mapper = new ObjectMapper();
    ObjectNode root = mapper.createObjectNode().put("ok", true).put("bench", "retrain");
    ArrayNode figures = root.putArray("figures");
    results.forEach(result -> figures.add(mapper.valueToTree(result)));
    ArrayNode goals = root.putArray("goals");
    for (RetrainResult result : trained()) {
      goals
          .addObject()
          .put(
              "goal",
              "%s on %s: p99 of the delay while models are trained, ms"
                  .formatted(result.spec().scopeName(), result.spec().backend()))
          .put("target", GOAL_MS)
          .put("measured", result.p99Ms())
          .put("work_alone", result.workP99Ms())
          .put("reached", isReached(result));
    }
    return mapper.writeValueAsString(root);
  }

  private List<RetrainResult> trained() {
    return results.stream().filter(result -> result.spec().retrains()).toList();
  }

  /** Without a training there is nothing to show. */
  private static boolean isReached(RetrainResult result) {
    return result.trained() > 0 && result.p99Ms() < GOAL_MS;
  }

  private static String format(String template, Object... values) {
    return String.format(Locale.ROOT, template, values);
  }
}
