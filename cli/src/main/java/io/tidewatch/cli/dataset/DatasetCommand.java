package io.tidewatch.cli.dataset;

import io.tidewatch.jobs.config.YamlLoader;
import io.tidewatch.jobs.dataset.DatasetJob;
import io.tidewatch.jobs.dataset.DatasetOptions;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tidewatch dataset}: the data set job in this process. */
@Command(
    name = "dataset",
    mixinStandardHelpOptions = true,
    description =
        "Makes a training data set of stored telemetry: Parquet files, split into train and"
            + " validation, with statistics. Other options stand over the file. Exits 0 when it is"
            + " there, 1 when it cannot be made; then the target is as it was.")
public final class DatasetCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Mixin private StoredRange range;

  @Option(names = "--target", paramLabel = "DIR", description = "The folder that is written.")
  private @Nullable Path target;

  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  public DatasetCommand() {}

  @Override
  public Integer call() throws Exception {
    DatasetOptions options = range.options(target);
    DatasetJob.Result made =
        DatasetJob.run(
            StoredRange.flink(),
            YamlLoader.ofProcess(),
            options.config(),
            options.given(),
            Clock.systemUTC());
    spec.commandLine()
        .getOut()
        .printf(
            "%s: %d windows for train, %d for validation, %d between them; %s%n",
            made.target(), made.train(), made.validation(), made.embargo(), made.read());
    return 0;
  }
}
