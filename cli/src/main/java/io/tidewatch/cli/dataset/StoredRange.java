package io.tidewatch.cli.dataset;

import io.tidewatch.embedded.ShippedFlinkConf;
import io.tidewatch.jobs.dataset.DatasetOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say which stored telemetry is read, and the Flink of this process for it. */
public final class StoredRange {
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

  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  public StoredRange() {}

  /**
   * The options as the job takes them.
   *
   * @param target null leaves that of the file
   */
  public DatasetOptions options(@Nullable Path target) {
    return DatasetOptions.of(config, model, devices, from, to, asOf, target);
  }

  /** The shipped configuration; what fails here is the input, so it is not tried again. */
  public static StreamExecutionEnvironment flink() {
    Path shipped = Path.of(System.getProperty("tidewatch.home", "."), "flink-conf");
    Configuration flink =
        Files.isDirectory(shipped) ? ShippedFlinkConf.read(shipped) : new Configuration();
    flink.set(CoreOptions.DEFAULT_PARALLELISM, Runtime.getRuntime().availableProcessors());
    flink.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
    return StreamExecutionEnvironment.getExecutionEnvironment(flink);
  }
}
