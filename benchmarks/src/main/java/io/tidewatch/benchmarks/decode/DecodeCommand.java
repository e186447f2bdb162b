package io.tidewatch.benchmarks.decode;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidewatch.benchmarks.Jmh;
import io.tidewatch.benchmarks.JmhFrame;
import io.tidewatch.benchmarks.JmhFrame.Measured;
import io.tidewatch.benchmarks.ReportOptions;
import io.tidewatch.benchmarks.decode.DecodeReport.Cost;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Callable;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code tidewatch bench decode}. */
@Command(
    name = "decode",
    mixinStandardHelpOptions = true,
    description =
        "Measures decoders of both messages with JMH, and what they take of bad input. Takes some"
            + " minutes; with --quick half a minute.")
public final class DecodeCommand implements Callable<Integer> {
  @Mixin private ReportOptions report;

  @SuppressWarnings("NullAway.Init") // picocli sets the field
  public DecodeCommand() {}

  @Override
  public Integer call() throws RunnerException, IOException {
    Measured measured = JmhFrame.run(options(), report);
    List<Cost> costs = costs(measured.results());
    report.write("decode.md", new DecodeReport(costs, measured.frame()).text());
    System.out.println(json(costs));
    return 0;
  }

  /** What the arguments ask for. */
  Options options() {
    return Jmh.options("\\.DecodeBenchmark\\.", report.quick())
        .addProfiler(GCProfiler.class)
        .build();
  }

  private static List<Cost> costs(Collection<RunResult> results) {
    return results.stream()
        .map(
            result -> {
              var parameters = result.getParams();
              Result<?> allocated = result.getSecondaryResults().get("gc.alloc.rate.norm");
              return new Cost(
                  MessageKind.valueOf(parameters.getParam("message")),
                  DecoderKind.valueOf(parameters.getParam("decoder")),
                  result.getPrimaryResult().getScore(),
                  result.getPrimaryResult().getScoreError(),
                  allocated == null ? Double.NaN : allocated.getScore());
            })
        .toList();
  }

  static String json(List<Cost> costs) throws IOException {
    ObjectMapper mapper = new ObjectMapper();
    ObjectNode root = mapper.createObjectNode().put("ok", true).put("bench", "decode");
    ArrayNode figures = root.putArray("figures");
    for (Cost cost : costs) {
      figures
          .addObject()
          .put("message", cost.message().name())
          .put("decoder", cost.decoder().name())
          .put("nanos", cost.nanos())
          .put("allocatedBytes", cost.allocatedBytes());
    }
    return mapper.writeValueAsString(root);
  }
}
