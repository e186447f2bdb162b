package io.tidewatch.benchmarks.windows;

import io.tidewatch.benchmarks.ChildProcess;
import io.tidewatch.benchmarks.variant.Setting;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options of commands that carry out a {@link Plan}, and how they carry it out. */
public final class RunOptions {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--variants",
      paramLabel = "A,B",
      split = ",",
      description = "Only these; ratios need what they compare with beside them.")
  private List<String> variants = List.of();

  @Option(
      names = "--repetitions",
      paramLabel = "N",
      description = "How often everything is run, interleaved; default 3, with --quick 1.")
  private @Nullable Integer repetitions;

  @Option(
      names = "--seconds",
      paramLabel = "N",
      description = "Measured seconds of a run; default: what the table says, with --quick 2.")
  private @Nullable Integer seconds;

  @Option(
      names = "--warm-up",
      paramLabel = "N",
      description =
          "Seconds at full rate before the measurement; default likewise, with --quick 1.")
  private @Nullable Integer warmUp;

  @Option(
      names = "--heap",
      paramLabel = "SIZE",
      description = "Heap of a run; default 4g, with --quick 2g.")
  private @Nullable String heap;

  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  public RunOptions() {}

  /**
   * What the arguments ask for.
   *
   * @param quick whether a moment is enough
   * @param full the plan of those variants; none is all
   * @param quickly the same for a moment
   */
  public Plan plan(
      boolean quick, Function<List<String>, Plan> full, Function<List<String>, Plan> quickly) {
    Plan plan;
    try {
      plan = (quick ? quickly : full).apply(variants);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), "--" + e.getMessage(), e);
    }
    if (repetitions != null) {
      plan = plan.withRepetitions(atLeastOne("--repetitions", repetitions));
    }
    if (seconds != null) {
      plan = plan.withTimes(plan.times().measured(atLeastOne("--seconds", seconds)));
    }
    if (warmUp != null) {
      plan = plan.withTimes(plan.times().warmedUp(atLeastOne("--warm-up", warmUp)));
    }
    return plan;
  }

  private int atLeastOne(String option, int value) {
    if (value < 1) {
      throw new ParameterException(spec.commandLine(), option + ": must be ≥ 1, was " + value);
    }
    return value;
  }

  /**
   * Starts the runs.
   *
   * @param quick whether a moment is enough
   */
  public ChildProcess children(boolean quick) {
    String size = quick ? "2g" : "4g"; // all of it is touched before a run begins
    return new ChildProcess(heap == null ? size : heap);
  }

  /** All runs of a plan, one after the other, told on standard error. */
  public static Results run(Plan plan, ChildProcess children)
      throws IOException, InterruptedException {
    Results results = new Results();
    int all = plan.specs().size() * plan.repetitions();
    int done = 0;
    for (int repetition = 0; repetition < plan.repetitions(); repetition++) {
      results.beginRepetition();
      for (RunSpec each : plan.specs()) {
        RunResult result =
            children.run(
                ChildRun.class,
                folder ->
                    new RunOrder(each, plan.times(), folder.toString(), each.keys(), Setting.HEAP),
                RunResult.class,
                plan.times().patience());
        results.add(result);
        System.err.printf(
            Locale.ROOT,
            "%d/%d %s, parallelism %d, overlap %d, %d a second: %s%n",
            ++done,
            all,
            each.variant(),
            each.parallelism(),
            each.overlap(),
            each.perKeyAndSecond(),
            result.filled()
                ? "%,.0f records per CPU-second".formatted(result.recordsPerCpuSecond())
                : "windows not full in time");
      }
    }
    return results;
  }
}
