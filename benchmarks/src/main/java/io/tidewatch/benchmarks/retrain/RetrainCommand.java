package io.tidewatch.benchmarks.retrain;

import io.tidewatch.benchmarks.ChildProcess;
import io.tidewatch.benchmarks.Machine;
import io.tidewatch.benchmarks.ReportOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code tidewatch bench retrain}. */
@Command(
    name = "retrain",
    mixinStandardHelpOptions = true,
    description =
        "Measures how long rows wait for their score while models are trained in their way, beside"
            + " the same without. Takes a quarter of an hour; with --quick less than one.")
public final class RetrainCommand implements Callable<Integer> {
  private static final Duration PATIENCE = Duration.ofMinutes(10);
  private static final String HEAP = "1g";

  @Mixin private ReportOptions report;

  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  public RetrainCommand() {}

  @Override
  public Integer call() throws Exception {
    RetrainPlan plan = RetrainPlan.of(report.quick());
    ChildProcess children = new ChildProcess(HEAP);
    List<RetrainResult> results = new ArrayList<>();
    for (RetrainSpec spec : plan.specs()) {
      RetrainResult result =
          children.run(
              RetrainRun.class,
              folder -> new RetrainOrder(spec, folder.toString()),
              RetrainResult.class,
              PATIENCE);
      results.add(result);
      System.err.printf(
          Locale.ROOT,
          "%s on %s, %d models trained: p99 %.2f ms, max %.1f ms%n",
          spec.scopeName(),
          spec.backend(),
          result.trained(),
          result.p99Ms(),
          result.maxMs());
    }
    RetrainReport text = new RetrainReport(plan, results);
    report.write("retrain.md", text.text(Machine.here(), report.command(), children.flags()));
    System.out.println(text.json());
    return 0;
  }
}
