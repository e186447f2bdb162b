package io.tidewatch.benchmarks.features;

import io.tidewatch.benchmarks.ChildProcess;
import io.tidewatch.benchmarks.Machine;
import io.tidewatch.benchmarks.ReportOptions;
import io.tidewatch.benchmarks.windows.Plan;
import io.tidewatch.benchmarks.windows.Results;
import io.tidewatch.benchmarks.windows.RunOptions;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code tidewatch bench features}. */
@Command(
    name = "features",
    mixinStandardHelpOptions = true,
    description =
        "Measures cleaning and features of windows by points and by time beside the same job without"
            + " them, each in its own JVM. Takes some minutes; with --quick half of one.")
public final class FeaturesCommand implements Callable<Integer> {
  @Mixin private ReportOptions report;
  @Mixin private RunOptions options;

  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  public FeaturesCommand() {}

  @Override
  public Integer call() throws Exception {
    Plan plan = plan();
    ChildProcess children = options.children(report.quick());
    Results results = RunOptions.run(plan, children);
    FeaturesReport text = new FeaturesReport(plan, results);
    report.write("features.md", text.text(Machine.here(), report.command(), children.flags()));
    report.write("features.svg", text.chart().svg());
    System.out.println(text.json());
    return 0;
  }

  /** What the arguments ask for. */
  Plan plan() {
    return options.plan(report.quick(), FeaturesPlan::full, FeaturesPlan::quick);
  }
}
