package io.tidewatch.benchmarks.forest;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidewatch.benchmarks.Jmh;
import io.tidewatch.benchmarks.Machine;
import io.tidewatch.benchmarks.OutputFolder;
import io.tidewatch.benchmarks.forest.ForestReport.Timing;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tidewatch bench forest}. */
@Command(
    name = "forest",
    mixinStandardHelpOptions = true,
    description =
        "Measures isolation forests with JMH: growing, scoring, attribution. Takes a few minutes;"
            + " with --quick half a minute.")
public final class ForestCommand implements Callable<Integer> {
  /** Smile grows trees and scores batches on the common pool; all are measured on one thread. */
  private static final String ONE_THREAD =
      "-Djava.util.concurrent.ForkJoinPool.common.parallelism=0";

  @Spec private CommandSpec spec;

  @Option(
      names = "--quick",
      description =
          "A moment each: shows that it works. Writes to benchmarks/target/quick unless --out is"
              + " given.")
  private boolean quick;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Folder for forest.md; default docs/benchmarks.")
  private @Nullable Path out;

  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  public ForestCommand() {}

  @Override
  public Integer call() throws RunnerException, IOException {
    double loadBefore = load();
    List<Timing> timings = timings(new Runner(options(), Jmh.progress(quick)).run());
    String command =
        "tidewatch " + String.join(" ", spec.root().commandLine().getParseResult().originalArgs());
    Path file = OutputFolder.of(out, quick).resolve("forest.md");
    OutputFolder.write(
        file, new ForestReport(timings, Machine.here(), command, loadBefore, load()).text());
    System.err.println("wrote " + file);
    System.out.println(json(timings));
    return 0;
  }

  /** What the arguments ask for. */
  Options options() {
    return Jmh.options("\\.forest\\.(ForestBenchmark|AttributionBenchmark)\\.", quick)
        .jvmArgsPrepend(ONE_THREAD)
        .build();
  }

  private static List<Timing> timings(Collection<RunResult> results) {
    return results.stream()
        .map(
            result -> {
              String name = result.getParams().getBenchmark();
              return new Timing(
                  name.substring(name.lastIndexOf('.', name.lastIndexOf('.') - 1) + 1),
                  ForestKind.valueOf(result.getParams().getParam("forest")),
                  result.getPrimaryResult().getScore(),
                  result.getPrimaryResult().getScoreError());
            })
        .toList();
  }

  private static double load() {
    return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
  }

  static String json(List<Timing> timings) throws IOException {
    ObjectMapper mapper = new ObjectMapper();
    ObjectNode root = mapper.createObjectNode().put("ok", true).put("bench", "forest");
    ArrayNode figures = root.putArray("figures");
    for (Timing timing : timings) {
      figures
          .addObject()
          .put("operation", timing.operation())
          .put("forest", timing.forest().name())
          .put("micros", timing.micros());
    }
    return mapper.writeValueAsString(root);
  }
}
