package io.tidewatch.cli.notifier;

import io.tidewatch.jobs.config.ConfigException;
import io.tidewatch.jobs.config.YamlLoader;
import io.tidewatch.notifier.Notifier;
import io.tidewatch.notifier.config.NotifierConfig;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tidewatch notifier}. */
@Command(
    name = "notifier",
    mixinStandardHelpOptions = true,
    description =
        "Reads alert events from Kafka and tells people by mail, Slack, webhooks, SMS and"
            + " Alertmanager. Runs until it is ended; exits 1 when it cannot go on.")
public final class NotifierCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      required = true,
      description = "Its file; what it leaves out is as in flink-conf/notifier.yaml.")
  private Path config;

  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  public NotifierCommand() {}

  @Override
  public Integer call() throws Exception {
    Path file = config.toAbsolutePath();
    NotifierConfig loaded = NotifierConfigFile.load(YamlLoader.ofProcess(), file);
    try (Notifier notifier = start(file, loaded)) {
      Runtime.getRuntime().addShutdownHook(new Thread(notifier::close, "notifier-end"));
      spec.commandLine()
          .getOut()
          .printf(
              "notifier of %s: metrics and health at port %d%n",
              loaded.input().topic(), notifier.port());
      notifier.awaitEnd();
    }
    return 0;
  }

  private static Notifier start(Path file, NotifierConfig config) throws Exception {
    try {
      return Notifier.start(config);
    } catch (IllegalArgumentException e) {
      throw new ConfigException(file + ": " + e.getMessage());
    }
  }
}
