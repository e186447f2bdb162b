package io.tidewatch.benchmarks.keys;

import io.tidewatch.benchmarks.ChildProcess;
import io.tidewatch.benchmarks.Machine;
import io.tidewatch.benchmarks.ReportOptions;
import io.tidewatch.benchmarks.variant.Setting;
import io.tidewatch.benchmarks.windows.ChildRun;
import io.tidewatch.benchmarks.windows.RunOrder;
import io.tidewatch.benchmarks.windows.RunResult;
import io.tidewatch.benchmarks.windows.RunSpec;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code tidewatch bench keys}. */
@Command(
    name = "keys",
    mixinStandardHelpOptions = true,
    description =
        "Measures the state of many keys: that nothing is left of those that fell silent, bytes of"
            + " a key, the pace on disk. Takes half an hour; with --quick a minute.")
public final class KeysCommand implements Callable<Integer> {
  private static final Duration PATIENCE = Duration.ofHours(1);

  /** What a million keys have to do with. */
  private static final String WAVES_HEAP = "512m";

  /** What is measured must fit; its size changes nothing. */
  private static final String SIZES_HEAP = "4g";

  private static final String QUICK_SIZES_HEAP = "1g";

  @Spec private CommandSpec spec;

  @Mixin private ReportOptions report;

  @Option(
      names = "--keys",
      paramLabel = "N",
      description = "Keys of a wave; default 1000000, with --quick 20000.")
  private @Nullable Integer keys;

  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  public KeysCommand() {}

  @Override
  public Integer call() throws Exception {
    KeysPlan plan = plan();
    ChildProcess waves = new ChildProcess(WAVES_HEAP);
    ChildProcess sizes = new ChildProcess(report.quick() ? QUICK_SIZES_HEAP : SIZES_HEAP);
    KeysResults results =
        new KeysResults(
            run(plan.returns(), plan, waves), run(plan.sizes(), plan, sizes), paces(plan, sizes));
    report.write(
        "keys.md",
        new KeysReport(plan, results, Machine.here(), report.command(), waves.flags()).text());
    System.out.println(results.json());
    return 0;
  }

  /** What the arguments ask for. */
  KeysPlan plan() {
    KeysPlan plan = report.quick() ? KeysPlan.quick() : KeysPlan.full();
    if (keys == null) {
      return plan;
    }
    if (keys < 1) {
      throw new ParameterException(spec.commandLine(), "--keys: must be ≥ 1, was " + keys);
    }
    return plan.withKeys(keys);
  }

  private static List<KeysResult> run(List<KeysSpec> specs, KeysPlan plan, ChildProcess children)
      throws IOException, InterruptedException {
    List<KeysResult> results = new ArrayList<>();
    for (KeysSpec each : specs) {
      KeysResult result =
          children.run(
              KeysRun.class,
              folder -> new KeysOrder(each, plan.checkpointSeconds(), folder.toString()),
              KeysResult.class,
              PATIENCE);
      results.add(result);
      System.err.printf(
          Locale.ROOT,
          "%s on %s, overlap %d, %,d keys: %,.0f heap bytes a key%n",
          each.kind().label(),
          each.backend(),
          each.overlap(),
          each.keys(),
          result.perKey(Moment::heapBytes));
    }
    return results;
  }

  private static Paces paces(KeysPlan plan, ChildProcess children)
      throws IOException, InterruptedException {
    Paces paces = new Paces();
    for (int repetition = 0; repetition < plan.repetitions(); repetition++) {
      for (RunSpec each : plan.paces()) {
        paces.add(
            pace(each, Setting.HEAP, plan, children), pace(each, Setting.DISK, plan, children));
      }
    }
    return paces;
  }

  private static RunResult pace(RunSpec each, String backend, KeysPlan plan, ChildProcess children)
      throws IOException, InterruptedException {
    RunResult result =
        children.run(
            ChildRun.class,
            folder ->
                new RunOrder(each, plan.times(), folder.toString(), KeysPlan.PACE_KEYS, backend),
            RunResult.class,
            plan.times().patience());
    System.err.printf(
        Locale.ROOT,
        "%s on %s, overlap %d: %,.0f records per CPU-second%n",
        each.variant(),
        backend,
        each.overlap(),
        result.recordsPerCpuSecond());
    return result;
  }
}
