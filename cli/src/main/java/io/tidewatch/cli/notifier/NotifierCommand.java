package io.tidewatch.cli.notifier;

import io.tidewatch.jobs.config.ConfigException;
import io.tidewatch.jobs.config.YamlLoader;
import io.tidewatch.notifier.Notifier;
import io.tidewatch.notifier.config.NotifierConfig;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
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
            + " Alertmanager. Runs until it is ended, also while Kafka is away; exits 1 when it"
            + " cannot go on.")
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
    AtomicReference<@Nullable Notifier> present = new AtomicReference<>();
    Runtime.getRuntime().addShutdownHook(new Thread(() -> end(present.get()), "notifier-end"));
    boolean wasReady = false;
    while (true) {
      try (Notifier notifier = start(file, loaded)) {
        present.set(notifier);
        say(
            spec.commandLine().getOut(),
            "notifier of %s: metrics and health at port %d"
                .formatted(loaded.input().topic(), notifier.port()));
        try {
          notifier.awaitEnd();
          return 0;
        } catch (IllegalStateException e) {
          wasReady |= notifier.wasReady();
          if (!wasReady || !Notifier.isForWantOfKafka(e)) {
            throw e;
          }
          say(
              spec.commandLine().getErr(),
              "tidewatch: Kafka does not answer, the notifier begins again: "
                  + Objects.requireNonNull(e.getCause()).getMessage());
        }
      }
    }
  }

  private static void say(PrintWriter to, String line) {
    to.println(line);
    to.flush();
  }

  private static void end(@Nullable Notifier notifier) {
    if (notifier != null) {
      notifier.close();
    }
  }

  private static Notifier start(Path file, NotifierConfig config) throws Exception {
    try {
      return Notifier.start(config);
    } catch (IllegalArgumentException e) {
      throw new ConfigException(file + ": " + e.getMessage());
    }
  }
}
