package io.tidewatch.cli.alerts;

import io.tidewatch.cli.validate.Job;
import io.tidewatch.jobs.anomaly.AnomalyConfig;
import io.tidewatch.jobs.config.AlertingConfig;
import io.tidewatch.jobs.config.ConfigException;
import io.tidewatch.jobs.config.KafkaConfig;
import io.tidewatch.jobs.config.PostgresConfig;
import io.tidewatch.jobs.config.StreamSink;
import io.tidewatch.jobs.config.YamlLoader;
import io.tidewatch.jobs.latency.LatencyConfig;
import io.tidewatch.jobs.telemetry.TelemetryConfig;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Where the alerts of a job go. */
record AlertPlaces(KafkaConfig kafka, AlertingConfig alerting, PostgresConfig postgres) {

  /**
   * Reads the configuration of a job over the shipped one.
   *
   * @throws ConfigException when it cannot be used, or the job stores no incidents
   */
  static AlertPlaces load(YamlLoader loader, Job job, Path file) {
    return switch (job) {
      case TELEMETRY -> {
        TelemetryConfig config = loader.loadOver("telemetry.yaml", file, TelemetryConfig.class);
        requireStored(file, "features", config.sinks().features());
        yield new AlertPlaces(config.kafka(), config.alerting(), config.postgres());
      }
      case LATENCY -> {
        LatencyConfig config = loader.loadOver("latency.yaml", file, LatencyConfig.class);
        requireStored(file, "windows", config.sinks().windows());
        yield new AlertPlaces(config.kafka(), config.alerting(), config.postgres());
      }
      case ANOMALY -> {
        AnomalyConfig config = loader.loadOver("anomaly.yaml", file, AnomalyConfig.class);
        requireStored(file, "scores", config.sinks().scores());
        yield new AlertPlaces(config.kafka(), config.alerting(), config.postgres());
      }
      case DATASET ->
          throw new ConfigException(file + ": must be of a job that alerts, was of a data set");
    };
  }

  /** A job stores incidents where it stores its rows. */
  private static void requireStored(Path file, String stream, List<StreamSink> sinks) {
    if (!sinks.contains(StreamSink.TIMESCALE)) {
      throw new ConfigException(
          "%s: sinks.%s: must name timescale, or the job stores no incidents, was %s"
              .formatted(file, stream, sinks.toString().toLowerCase(Locale.ROOT)));
    }
  }
}
