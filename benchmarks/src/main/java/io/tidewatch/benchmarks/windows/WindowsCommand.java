package io.tidewatch.benchmarks.windows;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidewatch.benchmarks.BarChart;
import io.tidewatch.benchmarks.ChildProcess;
import io.tidewatch.benchmarks.Machine;
import io.tidewatch.benchmarks.OutputFolder;
import io.tidewatch.benchmarks.variant.Setting;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code tidewatch bench windows}. */
@Command(
    name = "windows",
    mixinStandardHelpOptions = true,
    description =
        "Measures sliding windows side by side: stock Flink, Flink SQL, prototypes, Tidewatch, the"
            + " bare source, a plain loop; each in its own JVM. Takes most of an hour; with --quick a minute.")
public final class WindowsCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--quick",
      description =
          "Two seconds a variant, once: shows that it works. Writes to benchmarks/target/quick"
              + " unless --out is given.")
  private boolean quick;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Folder for windows.md and windows.svg; default docs/benchmarks.")
  private @Nullable Path out;

  @Option(
      names = "--variants",
      paramLabel = "A,B",
      split = ",",
      description = "Only these; ratios need source and window beside them.")
  private List<String> variants = List.of();

  @Option(
      names = "--repetitions",
      paramLabel = "N",
      description = "How often everything is run, interleaved; default 3, with --quick 1.")
  private @Nullable Integer repetitions;

  @Option(
      names = "--seconds",
      paramLabel = "N",
      description = "Measured seconds of a run; default 8, with --quick 2.")
  private @Nullable Integer seconds;

  @Option(
      names = "--heap",
      paramLabel = "SIZE",
      defaultValue = "4g",
      description = "Heap of a run; default ${DEFAULT-VALUE}.")
  private String heap;

  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  public WindowsCommand() {}

  @Override
  public Integer call() throws Exception {
    Plan plan = plan();
    Path folder = OutputFolder.of(out, quick);
    ChildProcess children = new ChildProcess(heap);
    Results results = run(plan, children);
    String command = "tidewatch " + String.join(" ", arguments());
    String text =
        new WindowsReport(plan, results, Machine.here(), command, children.flags()).text();
    OutputFolder.write(folder.resolve("windows.md"), text);
    OutputFolder.write(folder.resolve("windows.svg"), chart(results).svg());
    System.err.println("wrote " + folder.resolve("windows.md"));
    System.out.println(json(results));
    return 0;
  }

  /** What the arguments ask for. */
  Plan plan() {
    Plan plan;
    try {
      plan = quick ? Plan.quick(variants) : Plan.full(variants);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), "--" + e.getMessage(), e);
    }
    if (repetitions != null) {
      plan = plan.withRepetitions(atLeastOne("--repetitions", repetitions));
    }
    if (seconds != null) {
      plan = plan.withMeasuredSeconds(atLeastOne("--seconds", seconds));
    }
    return plan;
  }

  private int atLeastOne(String option, int value) {
    if (value < 1) {
      throw new ParameterException(spec.commandLine(), option + ": must be ≥ 1, was " + value);
    }
    return value;
  }

  private static Results run(Plan plan, ChildProcess children)
      throws IOException, InterruptedException {
    Results results = new Results();
    int all = plan.specs().size() * plan.repetitions();
    int done = 0;
    for (int repetition = 0; repetition < plan.repetitions(); repetition++) {
      results.beginRepetition();
      for (RunSpec each : plan.specs()) {
        RunResult result =
            children.run(
                ChildRun.class,
                folder ->
                    new RunOrder(each, plan.times(), folder.toString(), each.keys(), Setting.HEAP),
                RunResult.class,
                plan.times().patience());
        results.add(result);
        System.err.printf(
            Locale.ROOT,
            "%d/%d %s, parallelism %d, overlap %d, %d a second: %s%n",
            ++done,
            all,
            each.variant(),
            each.parallelism(),
            each.overlap(),
            each.perKeyAndSecond(),
            result.filled()
                ? "%,.0f records per CPU-second".formatted(result.recordsPerCpuSecond())
                : "windows not full in time");
      }
    }
    return results;
  }

  private List<String> arguments() {
    return spec.root().commandLine().getParseResult().originalArgs();
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
    ArrayNode goals = root.putArray("goals");
    for (Goal goal : Goal.of(results)) {
      ObjectNode node = goals.addObject().put("goal", goal.text()).put("target", goal.target());
      goal.reached().ifPresent(reached -> node.put("measured", reached));
      node.put("reached", goal.isReached());
    }
    return mapper.writeValueAsString(root);
  }
}
