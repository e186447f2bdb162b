package io.tidewatch.cli.demo;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code tidewatch demo}. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description =
        "Runs the real jobs on an embedded Kafka, PostgreSQL and Flink, fed by this machine's own"
            + " telemetry and by simulated devices and requests. Ends on Ctrl-C.")
public final class DemoCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--duration",
      paramLabel = "60s",
      description =
          "Stop by itself after this time, print the totals as one JSON line, and exit 0 only if"
              + " the accounting adds up and the injected faults were alerted.")
  private @Nullable Duration duration;

  @Option(
      names = "--replay",
      paramLabel = "FILE",
      description =
          "Replay a .csv or .ndjson file beside the other inputs, its times moved to now and"
              + " divided by --speed; the windows of its telemetry model shrink with them.")
  private @Nullable Path replay;

  @Option(
      names = "--speed",
      paramLabel = "N",
      defaultValue = "60",
      description = "Recorded seconds per replayed second; default ${DEFAULT-VALUE}.")
  private double speed;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "42",
      description = "Seed of the simulators; default ${DEFAULT-VALUE}.")
  private long seed;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      defaultValue = "tidewatch-data",
      description = "Folder for all that is written; default ${DEFAULT-VALUE}.")
  private Path data;

  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  public DemoCommand() {}

  @Override
  public Integer call() throws Exception {
    if (duration != null && duration.toMillis() < 1000) {
      throw new ParameterException(
          spec.commandLine(), "--duration: must be ≥ PT1S, was " + duration);
    }
    if (!(speed > 0 && speed < Double.POSITIVE_INFINITY)) {
      throw new ParameterException(spec.commandLine(), "--speed: must be > 0, was " + speed);
    }
    Path home = Path.of(System.getProperty("tidewatch.home", "."));
    DemoOptions options =
        new DemoOptions(home.resolve("flink-conf"), data, duration, replay, speed, seed);
    return new Demo(options, new Screen(System.out, Boolean.getBoolean("tidewatch.terminal"))).run()
        ? 0
        : 1;
  }
}
