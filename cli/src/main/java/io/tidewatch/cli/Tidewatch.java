package io.tidewatch.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tidewatch.cli.alerts.AlertsCommand;
import io.tidewatch.cli.backtest.BacktestCommand;
import io.tidewatch.cli.chaos.ChaosCommand;
import io.tidewatch.cli.dataset.DatasetCommand;
import io.tidewatch.cli.demo.DemoCommand;
import io.tidewatch.cli.features.FeaturesCommand;
import io.tidewatch.cli.model.ModelCommand;
import io.tidewatch.cli.notifier.NotifierCommand;
import io.tidewatch.cli.rules.RulesCommand;
import io.tidewatch.cli.validate.ValidateCommand;
import io.tidewatch.jobs.config.Durations;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.time.Duration;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The {@code tidewatch} command. Exit codes: 0 success, 1 failure, 2 wrong usage. */
@Command(
    name = "tidewatch",
    mixinStandardHelpOptions = true,
    version = "tidewatch 0.1.0-SNAPSHOT",
    description = "Telemetry features, latency percentiles and alerts on Apache Flink.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      DemoCommand.class,
      ChaosCommand.class,
      ValidateCommand.class,
      DatasetCommand.class,
      FeaturesCommand.class,
      ModelCommand.class,
      NotifierCommand.class,
      RulesCommand.class,
      AlertsCommand.class,
      BacktestCommand.class
    })
public final class Tidewatch {
  /** System property: the file that log4j2.properties writes to; set before anything logs. */
  public static final String LOG_FILE = "tidewatch.log";

  private Tidewatch() {}

  public static void main(String[] args) {
    // Tables, arrows and signs are not of ASCII, and in a POSIX locale Java would print them as
    // '?'.
    System.setOut(utf8(FileDescriptor.out));
    System.setErr(utf8(FileDescriptor.err));
    CommandLine command =
        command()
            .setOut(new PrintWriter(System.out, true, UTF_8))
            .setErr(new PrintWriter(System.err, true, UTF_8));
    // Flink and Kafka leave threads behind that would keep the JVM alive.
    System.exit(command.execute(args));
  }

  private static PrintStream utf8(FileDescriptor file) {
    return new PrintStream(new FileOutputStream(file), true, UTF_8);
  }

  /** The command; whatever goes wrong is one line on standard error. */
  static CommandLine command() {
    return new CommandLine(new Tidewatch())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .registerConverter(Duration.class, Durations::parse)
        .setParameterExceptionHandler(
            (wrong, args) -> {
              CommandLine used = wrong.getCommandLine();
              String name = used.getCommandSpec().qualifiedName();
              used.getErr().println("tidewatch: " + oneLine(wrong) + "; see `" + name + " --help`");
              return CommandLine.ExitCode.USAGE;
            })
        .setExecutionExceptionHandler(
            (failure, failed, parsed) -> {
              if (System.getProperty(LOG_FILE) != null) {
                LoggerFactory.getLogger(Tidewatch.class).error("failed", failure);
              }
              failed.getErr().println("tidewatch: " + oneLine(failure));
              return CommandLine.ExitCode.SOFTWARE;
            });
  }

  /** The message, and those of the causes that say something else. */
  private static String oneLine(Throwable failure) {
    StringBuilder line = new StringBuilder(message(failure));
    for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
      if (line.indexOf(message(cause)) < 0) {
        line.append(": ").append(message(cause));
      }
    }
    return line.toString();
  }

  private static String message(Throwable failure) {
    String message = failure.getMessage();
    return (message == null ? failure.getClass().getSimpleName() : message)
        .lines()
        .findFirst()
        .orElse("");
  }
}
