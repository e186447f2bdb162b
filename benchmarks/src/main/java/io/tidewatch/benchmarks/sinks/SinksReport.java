package io.tidewatch.benchmarks.sinks;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidewatch.benchmarks.Figure;
import io.tidewatch.benchmarks.Machine;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.Locale;
import java.util.Optional;

/** The results as a document and as a line of JSON. */
final class SinksReport {
  /**
   * What the writer of the jobs is to reach.
   *
   * @param by beside which it is measured
   */
  private record Goal(SinkKind by, double target) {}

  private static final Goal[] GOALS = {new Goal(SinkKind.STOCK, 2.0), new Goal(SinkKind.COPY, 0.5)};

  private final SinksPlan plan;
  private final SinksResults results;

  SinksReport(SinksPlan plan, SinksResults results) {
    this.plan = plan;
    this.results = results;
  }

  /** Markdown. */
  String text(Machine machine, String command) {
    StringBuilder text = new StringBuilder(head(machine, command));
    text.append(
        """

        ## Goals

        | ratio | goal | measured | reached |
        |---|---|---|---|
        """);
    for (Goal goal : GOALS) {
      Optional<Figure> ratio = results.ratio(SinkKind.TIDEWATCH, goal.by());
      text.append(
          "| `TIDEWATCH` / `%s` | ≥ %.1f | %s | %s |\n"
              .formatted(
                  goal.by(),
                  goal.target(),
                  ratio.map(Figure::ratio).orElse("not measured"),
                  ratio.map(each -> each.median() >= goal.target() ? "yes" : "no").orElse("")));
    }
    text.append(
        """

        ## Rows per CPU-second

        | sink | rows per CPU-second | × stock | rows/s | CPU-seconds of the client | of the server |
        |---|---|---|---|---|---|
        """);
    for (SinkKind kind : SinkKind.values()) {
      text.append(
          "| `%s` | %s | %s | %s | %s | %s |\n"
              .formatted(
                  kind,
                  results.figure(kind, SinkResult::rowsPerCpuSecond).map(Figure::wholes).orElse(""),
                  results.ratio(kind, SinkKind.STOCK).map(Figure::ratio).orElse(""),
                  results.figure(kind, SinkResult::rowsPerSecond).map(Figure::wholes).orElse(""),
                  results.figure(kind, SinkResult::clientCpuSeconds).map(Figure::ratio).orElse(""),
                  results
                      .figure(kind, SinkResult::serverCpuSeconds)
                      .map(Figure::ratio)
                      .orElse("")));
    }
    text.append(
        """

        ## Under delay

        Each piece that goes over the network is held back, each way, by a proxy in the JVM. *batches*: transactions that
        wrote rows; *ms*: from the beginning of one to that of the next, by the clock of the database, which is what a batch takes
        where the next one waits for it.

        | delay | sink | rows/s | batches | ms p50 | p99 |
        |---|---|---|---|---|---|
        """);
    for (SinkResult each : results.delayed()) {
      text.append(
          String.format(
              Locale.ROOT,
              "| %d ms | `%s` | %,.0f | %,d | %.1f | %.1f |%n",
              each.delayMs(),
              each.kind(),
              each.rowsPerSecond(),
              each.batches().count(),
              each.batches().p50Ms(),
              each.batches().p99Ms()));
    }
    text.append('\n');
    for (SinkKind kind : SinkKind.values()) {
      text.append("- `%s`: %s\n".formatted(kind, kind.what()));
    }
    return text.toString();
  }

  private String head(Machine machine, String command) {
    return String.format(
        Locale.ROOT,
        """
        # Sinks: what a row costs on its way into PostgreSQL

        Written by `%s`; do not edit. %s

        A job of parallelism 1 makes rows of `api_latency_windows` without sketches, each of a key of its own, and writes them
        in batches of %d; the table is empty before each run. %,d rows a run, %,d of each sink before to warm up, all sinks one
        after the other, %d time(s): median (least – greatest). CPU-seconds are those of this JVM, in which Flink runs, and of
        the processes of PostgreSQL that serve the job. The table of delays has %,d rows a run, once; its seconds hold the
        start of the job.

        **%s**

        Load average at the end: %.1f. Figures taken beside other work are no promise; read ratios of CPU-seconds.
        """,
        command,
        machine.date(),
        SinksPlan.BATCH_ROWS,
        plan.rows(),
        plan.warmUpRows(),
        plan.repetitions(),
        plan.delayedRows(),
        machine.description(),
        ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
  }

  /** One line. */
  String json() throws IOException {
    ObjectMapper mapper = new ObjectMapper();
    ObjectNode root = mapper.createObjectNode().put("ok", true).put("bench", "sinks");
    ArrayNode figures = root.putArray("figures");
    for (SinkKind kind : SinkKind.values()) {
      ObjectNode node = figures.addObject().put("sink", kind.name());
      results
          .figure(kind, SinkResult::rowsPerCpuSecond)
          .ifPresent(figure -> node.set("rowsPerCpuSecond", mapper.valueToTree(figure)));
    }
    ArrayNode goals = root.putArray("goals");
    for (Goal goal : GOALS) {
      ObjectNode node =
          goals.addObject().put("goal", "TIDEWATCH / " + goal.by()).put("target", goal.target());
      results
          .ratio(SinkKind.TIDEWATCH, goal.by())
          .ifPresent(
              ratio ->
                  node.put("measured", ratio.median())
                      .put("reached", ratio.median() >= goal.target()));
    }
    ArrayNode delays = root.putArray("delays");
    for (SinkResult each : results.delayed()) {
      delays
          .addObject()
          .put("delayMs", each.delayMs())
          .put("sink", each.kind().name())
          .put("rowsPerSecond", each.rowsPerSecond())
          .put("batches", each.batches().count())
          .put("batchP50Ms", each.batches().p50Ms())
          .put("batchP99Ms", each.batches().p99Ms());
    }
    return mapper.writeValueAsString(root);
  }
}
