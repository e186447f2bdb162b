package io.tidewatch.cli.features;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tidewatch.cli.dataset.StoredRange;
import io.tidewatch.jobs.config.YamlLoader;
import io.tidewatch.jobs.dataset.DatasetOptions;
import io.tidewatch.jobs.dataset.FeatureQuery;
import io.tidewatch.schemas.codec.FeatureMatrixEncoder;
import io.tidewatch.schemas.codec.FeatureSummaryEncoder;
import java.time.Clock;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code tidewatch features}: the windows of a data set as JSON on standard output. */
@Command(
    name = "features",
    mixinStandardHelpOptions = true,
    description =
        "Answers in JSON, for small ranges, what `tidewatch dataset` would make of the same"
            + " configuration. Nothing is written; of the file, target, split, normalisation and"
            + " constant_columns are not looked at. Exits 0 with one document, 1 without.",
    synopsisSubcommandLabel = "COMMAND")
public final class FeaturesCommand {
  @Spec private CommandSpec spec;

  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  public FeaturesCommand() {}

  /** Prints the windows with their features. */
  @Command(
      name = "extract",
      mixinStandardHelpOptions = true,
      description = "The windows with their features, names, times, labels and metadata.")
  int extract(
      @Mixin StoredRange range,
      @Option(
              names = "--max-rows",
              paramLabel = "N",
              defaultValue = "10000",
              description = "More windows than these are refused, default 10000.")
          long maxRows)
      throws Exception {
    if (maxRows < 1) {
      throw new ParameterException(
          spec.subcommands().get("extract"), "--max-rows: must be ≥ 1, was " + maxRows);
    }
    return print(new FeatureMatrixEncoder().encode(query(range).extract(maxRows)));
  }

  /** Prints what is to be said of the features over all windows. */
  @Command(
      name = "stats",
      mixinStandardHelpOptions = true,
      description = "Statistics of each feature, their correlation, classes and metadata.")
  int stats(@Mixin StoredRange range) throws Exception {
    return print(new FeatureSummaryEncoder().encode(query(range).stats()));
  }

  private static FeatureQuery query(StoredRange range) {
    DatasetOptions options = range.options(null);
    return new FeatureQuery(
        StoredRange.flink(),
        YamlLoader.ofProcess(),
        options.config(),
        options.given(),
        Clock.systemUTC());
  }

  private int print(byte[] document) {
    spec.commandLine().getOut().println(new String(document, UTF_8));
    return 0;
  }
}
