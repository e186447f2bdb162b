package io.tidewatch.benchmarks;

import io.tidewatch.benchmarks.alerts.AlertsCommand;
import io.tidewatch.benchmarks.decode.DecodeCommand;
import io.tidewatch.benchmarks.detection.DetectionCommand;
import io.tidewatch.benchmarks.features.FeaturesCommand;
import io.tidewatch.benchmarks.forest.ForestCommand;
import io.tidewatch.benchmarks.keys.KeysCommand;
import io.tidewatch.benchmarks.pipeline.PipelineCommand;
import io.tidewatch.benchmarks.retrain.RetrainCommand;
import io.tidewatch.benchmarks.sinks.SinksCommand;
import io.tidewatch.benchmarks.sketch.SketchesCommand;
import io.tidewatch.benchmarks.windows.WindowsCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code tidewatch bench}. Exit codes: 0 success, 1 failure, 2 wrong usage. */
@Command(name = "tidewatch", synopsisSubcommandLabel = "COMMAND", subcommands = Bench.Which.class)
public final class Bench {

  private Bench() {}

  /** The part of the command line after {@code bench}. */
  @Command(
      name = "bench",
      mixinStandardHelpOptions = true,
      synopsisSubcommandLabel = "COMMAND",
      description = "Measures Tidewatch beside what else there is.",
      subcommands = {
        WindowsCommand.class,
        SketchesCommand.class,
        ForestCommand.class,
        DecodeCommand.class,
        PipelineCommand.class,
        KeysCommand.class,
        FeaturesCommand.class,
        DetectionCommand.class,
        SinksCommand.class,
        RetrainCommand.class,
        AlertsCommand.class
      })
  static final class Which {}

  public static void main(String[] args) {
    System.exit(command().execute(args));
  }

  static CommandLine command() {
    return new CommandLine(new Bench())
        .setExecutionExceptionHandler(
            (failure, failed, parsed) -> {
              failed.getErr().println("tidewatch: " + failure.getMessage());
              return CommandLine.ExitCode.SOFTWARE;
            });
  }
}
