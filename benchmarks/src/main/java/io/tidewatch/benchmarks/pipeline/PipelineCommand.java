package io.tidewatch.benchmarks.pipeline;

import io.tidewatch.benchmarks.ChildProcess;
import io.tidewatch.benchmarks.Machine;
import io.tidewatch.benchmarks.ReportOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code tidewatch bench pipeline}. */
@Command(
    name = "pipeline",
    mixinStandardHelpOptions = true,
    description =
        "Measures the jobs from Kafka to PostgreSQL beside what the same source costs alone, each in"
            + " its own JVM. Takes half an hour; with --quick less than a minute.")
public final class PipelineCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Mixin private ReportOptions report;

  @Option(
      names = "--repetitions",
      paramLabel = "N",
      description = "How often everything is run, interleaved; default 3, with --quick 1.")
  private @Nullable Integer repetitions;

  @Option(
      names = "--heap",
      paramLabel = "SIZE",
      defaultValue = "2g",
      description = "Heap of a run; default ${DEFAULT-VALUE}.")
  private String heap;

  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  public PipelineCommand() {}

  @Override
  public Integer call() throws Exception {
    PipelinePlan plan = plan();
    ChildProcess children = new ChildProcess(heap);
    PipelineResults results = run(plan, children);
    PipelineReport text = new PipelineReport(plan, results);
    report.write("pipeline.md", text.text(Machine.here(), report.command(), children.flags()));
    System.out.println(text.json());
    return 0;
  }

  /** What the arguments ask for. */
  PipelinePlan plan() {
    PipelinePlan plan = PipelinePlan.of(report.quick());
    if (repetitions == null) {
      return plan;
    }
    if (repetitions < 1) {
      throw new ParameterException(
          spec.commandLine(), "--repetitions: must be ≥ 1, was " + repetitions);
    }
    return plan.withRepetitions(repetitions);
  }

  private static PipelineResults run(PipelinePlan plan, ChildProcess children)
      throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("tidewatch-bench-pipeline");
    try (Servers servers = Servers.start(folder)) {
      System.err.printf(
          Locale.ROOT, "writing %,d messages of each kind and format%n", plan.records());
      FilledTopics.fill(servers.kafka(), plan, System.currentTimeMillis());
      return run(plan, children, servers);
    } finally {
      try (Stream<Path> tree = Files.walk(folder)) {
        for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
          Files.deleteIfExists(path);
        }
      }
    }
  }

  private static PipelineResults run(PipelinePlan plan, ChildProcess children, Servers servers)
      throws IOException, InterruptedException {
    PipelineResults results = new PipelineResults();
    int all = plan.specs().size() * plan.repetitions();
    int done = 0;
    for (int repetition = 0; repetition < plan.repetitions(); repetition++) {
      results.beginRepetition();
      for (PipelineSpec each : plan.specs()) {
        String jdbcUrl = servers.freshDatabase();
        PipelineResult result =
            children.run(
                PipelineChild.class,
                child -> servers.order(each, plan, jdbcUrl, child.toString()),
                PipelineResult.class,
                Duration.ofSeconds(plan.patienceSeconds()));
        servers.check(result, jdbcUrl);
        results.add(result);
        System.err.printf(
            Locale.ROOT,
            "%d/%d %s %s %s: %,.0f records per CPU-second%n",
            ++done,
            all,
            each.message(),
            each.format(),
            each.stage(),
            result.recordsPerCpuSecond());
      }
    }
    return results;
  }
}
