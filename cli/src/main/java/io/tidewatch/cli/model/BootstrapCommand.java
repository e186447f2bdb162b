package io.tidewatch.cli.model;

import io.tidewatch.cli.dataset.StoredRange;
import io.tidewatch.jobs.anomaly.ModelShelf;
import io.tidewatch.jobs.bootstrap.Bootstrap;
import io.tidewatch.jobs.bootstrap.Bootstrap.Trained;
import io.tidewatch.jobs.bootstrap.Readings;
import io.tidewatch.jobs.config.YamlLoader;
import io.tidewatch.schemas.codec.ModelMessageCodec;
import io.tidewatch.schemas.forest.ForestArtifact;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tidewatch model bootstrap}: models from history. */
@Command(
    name = "bootstrap",
    mixinStandardHelpOptions = true,
    description =
        "Trains a model from stored windows as the job would have trained it behind the last of"
            + " them, so that a new job scores from its first row on. With neither --out nor"
            + " --publish it only says what would come of it.")
public final class BootstrapCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ModelTopicOption topic;

  @Option(
      names = "--model",
      required = true,
      paramLabel = "MODEL",
      description =
          "<model>, or <model>/<device> with scoring.scope device, where <model> means all devices.")
  private String model;

  @ArgGroup(multiplicity = "1")
  private Source source;

  @Option(
      names = "--readings",
      paramLabel = "FILE",
      description =
          "Where readings are stored, as `tidewatch dataset` takes it; default"
              + " flink-conf/jobs/dataset.yaml with --from-tdengine, none with --from-postgres.")
  private @Nullable Path readings;

  @Option(names = "--from", paramLabel = "T", description = "Windows that begin then or later.")
  private @Nullable Instant from;

  @Option(names = "--to", paramLabel = "T", description = "Windows that end then or before.")
  private @Nullable Instant to;

  @ArgGroup private @Nullable Target target;

  /** One of these. */
  private static final class Source {
    @Option(
        names = "--from-postgres",
        description =
            "The table device_features of the job's database; where it has not what is wanted, the"
                + " readings of source.postgres in --readings.")
    private boolean postgres;

    @Option(
        names = "--from-tdengine",
        description = "The readings of source.tdengine in --readings.")
    private boolean tdengine;

    @Option(
        names = "--from-dataset",
        paramLabel = "DIR",
        description = "The windows of a data set, not normalised.")
    private @Nullable Path dataset;
  }

  /** One of these, or neither. */
  private static final class Target {
    @Option(
        names = "--out",
        paramLabel = "FILE",
        description = "File of the model; must not be there yet.")
    private @Nullable Path file;

    @Option(
        names = "--publish",
        description = "Puts it into the topic of models, for the job to take.")
    private boolean publish;
  }

  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  public BootstrapCommand() {}

  @Override
  public Integer call() throws Exception {
    Path out = target == null ? null : target.file;
    if (out != null && Files.exists(out)) {
      throw new IllegalArgumentException("--out: must not be there yet, was " + out);
    }
    Bootstrap bootstrap = new Bootstrap(YamlLoader.ofProcess(), topic.file(), model, from, to);
    Trained trained = trained(bootstrap);
    if (out != null && trained.models().size() > 1) {
      throw new IllegalArgumentException(
          "--out: must be for one model, were %d; name a device, as %s"
              .formatted(trained.models().size(), trained.models().get(0).modelKey()));
    }
    for (ForestArtifact artifact : trained.models()) {
      keep(artifact, out, new ModelShelf(bootstrap.files()));
      say(
          "%s: version %s, trained from %d windows of %s to %s, threshold %.4f"
              .formatted(
                  artifact.modelKey(),
                  artifact.version(),
                  artifact.rows(),
                  Instant.ofEpochMilli(artifact.trainedFromMs()),
                  Instant.ofEpochMilli(artifact.trainedUntilMs()),
                  artifact.threshold()));
    }
    say(
        "%d windows read, %d learnt, from %s; %s%s"
            .formatted(
                trained.read(),
                trained.learnt(),
                trained.origin(),
                trained.withoutModel().isEmpty()
                    ? ""
                    : trained.withoutModel().size() + " devices had too few for a model; ",
                kept(out, bootstrap)));
    return 0;
  }

  private Trained trained(Bootstrap bootstrap) throws Exception {
    if (source.tdengine) {
      return bootstrap.fromTdengine(
          readings(readings == null ? ModelTopicOption.shipped("dataset.yaml") : readings));
    }
    if (source.postgres) {
      return bootstrap.fromPostgres(readings == null ? null : readings(readings));
    }
    return bootstrap.fromDataset(Objects.requireNonNull(source.dataset, "one of the group"));
  }

  private static Readings readings(Path config) {
    return new Readings(config.toAbsolutePath(), StoredRange::flink);
  }

  private void keep(ForestArtifact artifact, @Nullable Path out, ModelShelf shelf)
      throws IOException {
    byte[] document = ModelMessageCodec.encode(artifact);
    if (out != null) {
      Files.write(out, document);
    } else if (isPublished()) {
      shelf.put(document);
    }
  }

  private String kept(@Nullable Path out, Bootstrap bootstrap) {
    if (out != null) {
      return "written to " + out;
    }
    return isPublished()
        ? "put into " + bootstrap.files().config().output().modelsTopic()
        : "kept nowhere";
  }

  private boolean isPublished() {
    return target != null && target.publish;
  }

  private void say(String line) {
    spec.commandLine().getOut().println(line);
  }
}
