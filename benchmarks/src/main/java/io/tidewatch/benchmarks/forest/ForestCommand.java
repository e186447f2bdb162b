package io.tidewatch.benchmarks.forest;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidewatch.benchmarks.Jmh;
import io.tidewatch.benchmarks.JmhFrame;
import io.tidewatch.benchmarks.JmhFrame.Measured;
import io.tidewatch.benchmarks.ReportOptions;
import io.tidewatch.benchmarks.forest.ForestReport.Timing;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Callable;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

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

  @Mixin private ReportOptions report;

  @SuppressWarnings("NullAway.Init") // picocli sets the field
  public ForestCommand() {}

  @Override
  public Integer call() throws RunnerException, IOException {
    Measured measured = JmhFrame.run(options(), report);
    List<Timing> timings = timings(measured.results());
    report.write("forest.md", new ForestReport(timings, measured.frame()).text());
    System.out.println(json(timings));
    return 0;
  }

  /** What the arguments ask for. */
  Options options() {
    return Jmh.options("\\.forest\\.(ForestBenchmark|AttributionBenchmark)\\.", report.quick())
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
