package io.tidewatch.cli.rules;

import io.tidewatch.jobs.alerting.RuleShelf;
import io.tidewatch.jobs.config.RuleDocuments;
import io.tidewatch.jobs.config.YamlLoader;
import io.tidewatch.jobs.telemetry.TelemetryConfig;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option that says which topic of rules is meant. */
public final class RulesTopicOption {
  @Option(
      names = "--config",
      paramLabel = "FILE",
      description =
          "That of the telemetry job, for Kafka and the topics; default"
              + " flink-conf/jobs/telemetry.yaml.")
  private @Nullable Path config;

  /** The topic of rules. */
  RuleShelf shelf() {
    Path shipped =
        Path.of(System.getProperty("tidewatch.home", "."), "flink-conf", "jobs", "telemetry.yaml");
    TelemetryConfig job =
        YamlLoader.ofProcess()
            .loadOver(
                "telemetry.yaml",
                (config == null ? shipped : config).toAbsolutePath(),
                TelemetryConfig.class);
    return new RuleShelf(job.kafka(), job.alerting(), RuleDocuments.reader());
  }
}
