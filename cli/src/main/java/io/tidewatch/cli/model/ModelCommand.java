package io.tidewatch.cli.model;

import io.tidewatch.jobs.anomaly.ModelShelf;
import io.tidewatch.schemas.forest.ForestArtifact;
import io.tidewatch.schemas.forest.ModelMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tidewatch model}: what the anomaly job scores by. */
@Command(
    name = "model",
    mixinStandardHelpOptions = true,
    description =
        "Looks at, saves and changes the models of the anomaly job by its topic of models. The job"
            + " does what is asked while it runs, between two rows; a job that starts without state"
            + " begins with what is there. Exits 0 when it is done, 1 when it cannot be.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = BootstrapCommand.class)
public final class ModelCommand {
  private static final String LINE = "%-24s  %-30s  %-9s  %6s  %-20s  %s%n";

  @Spec private CommandSpec spec;

  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  public ModelCommand() {}

  /** Prints what is in the topic. */
  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      description = "What the topic holds, in the order in which it came.")
  int list(@Mixin ModelTopicOption topic) {
    var out = spec.commandLine().getOut();
    out.printf(LINE, "model", "version", "engine", "rows", "trained until", "told by");
    for (ModelShelf.Entry entry : topic.shelf().entries()) {
      String by = entry.toldByJob() ? "the job" : "a person";
      if (entry.message() instanceof ForestArtifact forest) {
        out.printf(
            LINE,
            forest.modelKey(),
            forest.version(),
            forest.engine(),
            forest.rows(),
            Instant.ofEpochMilli(forest.trainedUntilMs()),
            by);
      } else {
        ModelMessage wish = entry.message();
        out.printf(LINE, wish.modelKey(), wish.version(), "", "", "", by + ", to go back to it");
      }
    }
    out.flush();
    return 0;
  }

  /** Saves an artifact. */
  @Command(
      name = "export",
      mixinStandardHelpOptions = true,
      description = "Saves a model of the topic as a file: the last one, or that of a version.")
  int export(
      @Mixin ModelTopicOption topic,
      @Parameters(paramLabel = "MODEL", description = "<model>, or <model>/<device>.") String model,
      @Parameters(paramLabel = "FILE", description = "Must not be there yet.") Path file,
      @Option(names = "--model-version", paramLabel = "V", description = "Another than the last.")
          @Nullable String version)
      throws IOException {
    List<ModelShelf.Entry> found =
        topic.shelf().entries().stream()
            .filter(entry -> entry.message() instanceof ForestArtifact)
            .filter(entry -> entry.message().modelKey().equals(model))
            .filter(entry -> version == null || entry.message().version().equals(version))
            .toList();
    if (found.isEmpty()) {
      throw new IllegalArgumentException(
          "MODEL: must be in the topic%s, was '%s'"
              .formatted(version == null ? "" : " with version " + version, model));
    }
    if (Files.exists(file)) {
      throw new IllegalArgumentException("FILE: must not be there yet, was " + file);
    }
    ModelShelf.Entry last = found.get(found.size() - 1);
    Files.write(file, last.document());
    say(file + ": version " + last.message().version());
    return 0;
  }

  /** Puts an artifact into the topic. */
  @Command(
      name = "import",
      mixinStandardHelpOptions = true,
      description = "Lets the job score by the model of a file from the next row on.")
  int importModel(
      @Mixin ModelTopicOption topic,
      @Parameters(paramLabel = "FILE", description = "As export writes it.") Path file)
      throws IOException {
    byte[] document = Files.readAllBytes(file);
    ModelMessage message;
    try {
      message = topic.shelf().put(document);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
    }
    say(message.modelKey() + ": version " + message.version());
    return 0;
  }

  /** Asks for a kept version. */
  @Command(
      name = "rollback",
      mixinStandardHelpOptions = true,
      description =
          "Lets the job score by a former version again, one of those it keeps"
              + " (scoring.kept_versions). It refuses another into the dead-letter topic.")
  int rollback(
      @Mixin ModelTopicOption topic,
      @Parameters(paramLabel = "MODEL", description = "<model>, or <model>/<device>.") String model,
      @Parameters(paramLabel = "VERSION", description = "As list or a score names it.")
          String version) {
    topic.shelf().rollBack(model, version);
    say(model + ": asked for version " + version);
    return 0;
  }

  private void say(String line) {
    spec.commandLine().getOut().println(line);
  }
}
