package io.tidewatch.benchmarks.decode;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidewatch.benchmarks.Jmh;
import io.tidewatch.benchmarks.Machine;
import io.tidewatch.benchmarks.OutputFolder;
import io.tidewatch.benchmarks.decode.DecodeReport.Cost;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tidewatch bench decode}. */
@Command(
    name = "decode",
    mixinStandardHelpOptions = true,
    description =
        "Measures decoders of both messages with JMH, and what they take of bad input. Takes some"
            + " minutes; with --quick half a minute.")
public final class DecodeCommand implements Callable<Integer> {
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
      description = "Folder for decode.md; default docs/benchmarks.")
  private @Nullable Path out;

  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  public DecodeCommand() {}

  @Override
  public Integer call() throws RunnerException, IOException {
    double loadBefore = load();
    List<Cost> costs = costs(new Runner(options(), Jmh.progress(quick)).run());
    String command =
        "tidewatch " + String.join(" ", spec.root().commandLine().getParseResult().originalArgs());
    Path file = OutputFolder.of(out, quick).resolve("decode.md");
    OutputFolder.write(
        file, new DecodeReport(costs, Machine.here(), command, loadBefore, load()).text());
    System.err.println("wrote " + file);
    System.out.println(json(costs));
    return 0;
  }

  /** What the arguments ask for. */
  Options options() {
    return Jmh.options("\\.DecodeBenchmark\\.", quick).addProfiler(GCProfiler.class).build();
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

  private static double load() {
    return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
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
