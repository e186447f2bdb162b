package io.tidewatch.benchmarks.sinks;

import io.tidewatch.benchmarks.Machine;
import io.tidewatch.benchmarks.ReportOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
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

/** {@code tidewatch bench sinks}. */
@Command(
    name = "sinks",
    mixinStandardHelpOptions = true,
    description =
        "Measures what a row costs on its way into PostgreSQL, beside the stock sink and COPY, and how"
            + " sinks do under network delay. Takes some minutes; with --quick less than a minute.")
public final class SinksCommand implements Callable<Integer> {
  /** A proxy in between is what they have in common; rewriting makes no difference to it. */
  private static final List<SinkKind> DELAYED =
      List.of(SinkKind.STOCK, SinkKind.TIDEWATCH, SinkKind.COPY);

  @Spec private CommandSpec spec;

  @Mixin private ReportOptions report;

  @Option(
      names = "--repetitions",
      paramLabel = "N",
      description = "How often everything is run, interleaved; default 3, with --quick 1.")
  private @Nullable Integer repetitions;

  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  public SinksCommand() {}

  @Override
  public Integer call() throws Exception {
    SinksPlan plan = plan();
    SinksReport text = new SinksReport(plan, run(plan));
    report.write("sinks.md", text.text(Machine.here(), report.command()));
    System.out.println(text.json());
    return 0;
  }

  /** What the arguments ask for. */
  SinksPlan plan() {
    SinksPlan plan = SinksPlan.of(report.quick());
    if (repetitions == null) {
      return plan;
    }
    if (repetitions < 1) {
      throw new ParameterException(
          spec.commandLine(), "--repetitions: must be ≥ 1, was " + repetitions);
    }
    return plan.withRepetitions(repetitions);
  }

  private static SinksResults run(SinksPlan plan) throws IOException, SQLException {
    Path folder = Files.createTempDirectory("tidewatch-bench-sinks");
    try (SinksRun run = SinksRun.start(folder)) {
      return measure(plan, run);
    } finally {
      try (Stream<Path> tree = Files.walk(folder)) {
        for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
          Files.deleteIfExists(path);
        }
      }
    }
  }

  private static SinksResults measure(SinksPlan plan, SinksRun run) throws SQLException {
    SinksResults results = new SinksResults();
    for (SinkKind kind : SinkKind.values()) {
      tell("warmed up", run.run(kind, 0, plan.warmUpRows()));
    }
    for (int repetition = 0; repetition < plan.repetitions(); repetition++) {
      for (SinkKind kind : SinkKind.values()) {
        SinkResult result = run.run(kind, 0, plan.rows());
        tell("measured", result);
        results.add(result);
      }
    }
    for (int delayMs : plan.delaysMs()) {
      for (SinkKind kind : DELAYED) {
        SinkResult result = run.run(kind, delayMs, plan.delayedRows());
        tell("delayed", result);
        results.addDelayed(result);
      }
    }
    return results;
  }

  private static void tell(String what, SinkResult result) {
    System.err.printf(
        Locale.ROOT,
        "%s %s, %d ms: %,.0f rows per CPU-second, %,.0f rows/s%n",
        what,
        result.kind(),
        result.delayMs(),
        result.rowsPerCpuSecond(),
        result.rowsPerSecond());
  }
}
