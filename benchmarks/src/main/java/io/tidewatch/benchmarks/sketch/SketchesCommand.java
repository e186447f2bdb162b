package io.tidewatch.benchmarks.sketch;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidewatch.benchmarks.Jmh;
import io.tidewatch.benchmarks.JmhFrame;
import io.tidewatch.benchmarks.JmhFrame.Measured;
import io.tidewatch.benchmarks.ReportOptions;
import io.tidewatch.benchmarks.sketch.SketchesReport.Timing;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.Options;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code tidewatch bench sketches}. */
@Command(
    name = "sketches",
    mixinStandardHelpOptions = true,
    description =
        "Measures quantile sketches and the panes of the jobs with JMH. Takes a quarter of an"
            + " hour; with --quick half a minute.")
public final class SketchesCommand implements Callable<Integer> {
  private static final String[] QUICK = {
    SketchKind.TIDEWATCH.name(), SketchKind.DD_UNBOUNDED_DENSE.name(), SketchKind.HDR.name()
  };

  @Mixin private ReportOptions report;

  @SuppressWarnings("NullAway.Init") // picocli sets the field
  public SketchesCommand() {}

  @Override
  public Integer call() throws RunnerException, IOException {
    Measured measured = JmhFrame.run(options(), report);
    List<Timing> timings = timings(measured.results());
    report.write("sketches.md", new SketchesReport(timings, measured.frame()).text());
    System.out.println(json(timings));
    return 0;
  }

  /** What the arguments ask for. */
  Options options() {
    ChainedOptionsBuilder options =
        Jmh.options(
            "\\.(SketchBenchmark|LatencyPaneBenchmark|FeaturePaneBenchmark)\\.", report.quick());
    if (report.quick()) {
      options.param("distribution", Distribution.LOGNORMAL.name()).param("sketch", QUICK);
    }
    return options.build();
  }

  private static List<Timing> timings(Collection<RunResult> results) {
    return results.stream()
        .map(
            result -> {
              var parameters = result.getParams();
              String name = parameters.getBenchmark();
              String sketch = parameters.getParam("sketch");
              return new Timing(
                  name.substring(name.lastIndexOf('.', name.lastIndexOf('.') - 1) + 1),
                  Optional.ofNullable(sketch).map(SketchKind::valueOf),
                  Distribution.valueOf(parameters.getParam("distribution")),
                  result.getPrimaryResult().getScore(),
                  result.getPrimaryResult().getScoreError());
            })
        .toList();
  }

  static String json(List<Timing> timings) throws IOException {
    ObjectMapper mapper = new ObjectMapper();
    ObjectNode root = mapper.createObjectNode().put("ok", true).put("bench", "sketches");
    ArrayNode figures = root.putArray("figures");
    for (Timing timing : timings) {
      ObjectNode node = figures.addObject().put("operation", timing.operation());
      timing.sketch().ifPresent(sketch -> node.put("sketch", sketch.name()));
      node.put("distribution", timing.distribution().name()).put("nanos", timing.nanos());
    }
    return mapper.writeValueAsString(root);
  }
}
