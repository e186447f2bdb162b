package io.tidewatch.cli.dataset;

import io.tidewatch.embedded.ShippedFlinkConf;
import io.tidewatch.jobs.config.YamlLoader;
import io.tidewatch.jobs.dataset.DatasetJob;
import io.tidewatch.jobs.dataset.DatasetOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
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

  @Option(
      names = "--config",
      required = true,
      paramLabel = "FILE",
      description = "What is to be made, over flink-conf/jobs/dataset.yaml.")
  private Path config;

  @Option(names = "--model", paramLabel = "M", description = "Name of the telemetry model.")
  private @Nullable String model;

  @Option(names = "--device", paramLabel = "D", description = "Id of a device; may be repeated.")
  private List<String> devices = List.of();

  @Option(names = "--from", paramLabel = "T", description = "First event time.")
  private @Nullable String from;

  @Option(names = "--to", paramLabel = "T", description = "Behind the last event time.")
  private @Nullable String to;

  @Option(names = "--as-of", paramLabel = "T", description = "Only what was known then.")
  private @Nullable String asOf;

  @Option(names = "--target", paramLabel = "DIR", description = "The folder that is written.")
  private @Nullable Path target;

  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  public DatasetCommand() {}

  @Override
  public Integer call() throws Exception {
    DatasetOptions options = DatasetOptions.of(config, model, devices, from, to, asOf, target);
    DatasetJob.Result made =
        DatasetJob.run(
            StreamExecutionEnvironment.getExecutionEnvironment(flink()),
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

  /** The shipped configuration; what fails here is the input, so it is not tried again. */
  private static Configuration flink() {
    Path shipped = Path.of(System.getProperty("tidewatch.home", "."), "flink-conf");
    Configuration flink =
        Files.isDirectory(shipped) ? ShippedFlinkConf.read(shipped) : new Configuration();
    flink.set(CoreOptions.DEFAULT_PARALLELISM, Runtime.getRuntime().availableProcessors());
    flink.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
    return flink;
  }
}
