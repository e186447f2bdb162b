package io.tidewatch.benchmarks.windows;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidewatch.benchmarks.BarChart;
import io.tidewatch.benchmarks.ChildProcess;
import io.tidewatch.benchmarks.Machine;
import io.tidewatch.benchmarks.ReportOptions;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code tidewatch bench windows}. */
@Command(
    name = "windows",
    mixinStandardHelpOptions = true,
    description =
        "Measures sliding windows side by side: stock Flink, Flink SQL, prototypes, Tidewatch, the"
            + " bare source, a plain loop; each in its own JVM. Takes more than an hour; with --quick a minute.")
public final class WindowsCommand implements Callable<Integer> {
  @Mixin private ReportOptions report;
  @Mixin private RunOptions options;

  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  public WindowsCommand() {}

  @Override
  public Integer call() throws Exception {
    Plan plan = plan();
    ChildProcess children = options.children(report.quick());
    Results results = RunOptions.run(plan, children);
    report.write(
        "windows.md",
        new WindowsReport(plan, results, Machine.here(), report.command(), children.flags())
            .text());
    report.write("windows.svg", chart(results).svg());
    System.out.println(json(results));
    return 0;
  }

  /** What the arguments ask for. */
  Plan plan() {
    return options.plan(report.quick(), Plan::full, Plan::quick);
  }

  /** The main table, without the loop that would dwarf it: its figure is in the document. */
  static BarChart chart(Results results) {
    List<BarChart.Bar> bars =
        results.specs().stream()
            .filter(each -> !each.variant().equals("plain"))
            .filter(each -> each.overlap() == Plan.OVERLAP)
            .filter(each -> each.perKeyAndSecond() == Plan.RATE && each.parallelism() == 1)
            .flatMap(
                each ->
                    results.figure(each, RunResult::recordsPerCpuSecond).stream()
                        .map(
                            figure ->
                                new BarChart.Bar(
                                    each.variant(), figure.median(), figure.min(), figure.max())))
            .toList();
    return new BarChart("Records per CPU-second: 60 s windows sliding by 1 s, parallelism 1", bars);
  }

  static String json(Results results) throws IOException {
    ObjectMapper mapper = new ObjectMapper();
    ObjectNode root = mapper.createObjectNode().put("ok", true).put("bench", "windows");
    ArrayNode figures = root.putArray("figures");
    for (RunSpec each : results.specs()) {
      ObjectNode node = figures.addObject().setAll((ObjectNode) mapper.valueToTree(each));
      results
          .figure(each, RunResult::recordsPerCpuSecond)
          .ifPresent(figure -> node.set("recordsPerCpuSecond", mapper.valueToTree(figure)));
      results
          .figure(each, RunResult::recordsPerSecond)
          .ifPresent(figure -> node.put("recordsPerSecond", figure.median()));
      results
          .figure(each, RunResult::heapBytes)
          .ifPresent(figure -> node.put("heapBytes", figure.median()));
      results
          .figure(each, RunResult::checkpointBytes)
          .ifPresent(figure -> node.put("checkpointBytes", figure.median()));
      results
          .figure(each, RunResult::checkpointMs)
          .ifPresent(figure -> node.put("checkpointMs", figure.median()));
      results
          .figure(each, RunResult::filledShare)
          .ifPresent(figure -> node.put("filledShare", figure.median()));
    }
    Goal.put(root, Goal.of(results));
    return mapper.writeValueAsString(root);
  }
}
