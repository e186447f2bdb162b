package io.tidewatch.cli.model;

import io.tidewatch.jobs.anomaly.AnomalyFiles;
import io.tidewatch.jobs.anomaly.ModelShelf;
import io.tidewatch.jobs.config.YamlLoader;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option that says which job's models are meant. */
public final class ModelTopicOption {
  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "That of the anomaly job; default flink-conf/jobs/anomaly.yaml.")
  private @Nullable Path config;

  /** The file. */
  Path file() {
    return (config == null ? shipped("anomaly.yaml") : config).toAbsolutePath();
  }

  /** The topic of models of that job. */
  ModelShelf shelf() {
    return new ModelShelf(AnomalyFiles.load(YamlLoader.ofProcess(), file()));
  }

  /** The shipped configuration of a job. */
  static Path shipped(String job) {
    return Path.of(System.getProperty("tidewatch.home", "."), "flink-conf", "jobs", job);
  }
}
