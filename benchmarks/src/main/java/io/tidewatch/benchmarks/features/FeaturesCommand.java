package io.tidewatch.benchmarks.features;

import io.tidewatch.benchmarks.ChildProcess;
import io.tidewatch.benchmarks.Machine;
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
  @Mixin private RunOptions options;

  @SuppressWarnings("NullAway.Init") // picocli sets the field
  public FeaturesCommand() {}

  @Override
  public Integer call() throws Exception {
    Plan plan = plan();
    ChildProcess children = options.children();
    Results results = RunOptions.run(plan, children);
    FeaturesReport report = new FeaturesReport(plan, results);
    options.write("features.md", report.text(Machine.here(), options.command(), children.flags()));
    options.write("features.svg", report.chart().svg());
    options.tellWritten("features.md");
    System.out.println(report.json());
    return 0;
  }

  /** What the arguments ask for. */
  Plan plan() {
    return options.plan(FeaturesPlan::full, FeaturesPlan::quick);
  }
}
