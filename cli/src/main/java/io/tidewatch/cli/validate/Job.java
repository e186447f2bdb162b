package io.tidewatch.cli.validate;

import io.tidewatch.jobs.anomaly.AnomalyFiles;
import io.tidewatch.jobs.config.ConfigException;
import io.tidewatch.jobs.config.JobFiles;
import io.tidewatch.jobs.config.YamlLoader;
import io.tidewatch.jobs.dataset.DatasetFiles;
import io.tidewatch.jobs.latency.LatencyFiles;
import io.tidewatch.jobs.telemetry.TelemetryFiles;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The jobs that a file may be for. */
public enum Job {
  /** Its devices have models. */
  TELEMETRY("models") {
    @Override
    JobFiles load(YamlLoader loader, Path file) {
      return TelemetryFiles.load(loader, file);
    }
  },
  /** All its endpoints share one window. */
  LATENCY("window") {
    @Override
    JobFiles load(YamlLoader loader, Path file) {
      return LatencyFiles.load(loader, file);
    }
  },
  /** It reads the vectors of devices, so it has their models, too. */
  ANOMALY("scoring") {
    @Override
    JobFiles load(YamlLoader loader, Path file) {
      return AnomalyFiles.load(loader, file);
    }
  },
  /** Of one model; it may have the keys of the others too, so it is asked for first. */
  DATASET("source") {
    @Override
    JobFiles load(YamlLoader loader, Path file) {
      return DatasetFiles.load(loader, file, Map.of());
    }
  };

  /** What no stream has in its configuration. */
  private static final Set<String> KEYS_OF_A_DATA_SET =
      Set.of(
          "model",
          "devices",
          "from",
          "to",
          "as_of",
          "source",
          "label",
          "normalisation",
          "split",
          "constant_columns",
          "target");

  /** A key that the configuration of no other stream has. */
  private final String ownKey;

  Job(String ownKey) {
    this.ownKey = ownKey;
  }

  /** As people write it. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * @throws ConfigException when a file cannot be used
   */
  abstract JobFiles load(YamlLoader loader, Path file);

  /**
   * The job of a file: the one whose own key it has; without such a key, the one that its name
   * begins with.
   *
   * @throws ConfigException when that is not exactly one
   */
  public static Job of(YamlLoader loader, Path file) {
    Set<String> keys = loader.keys(file);
    String name = file.getFileName().toString();
    if (!Collections.disjoint(KEYS_OF_A_DATA_SET, keys) || name.startsWith(DATASET.toString())) {
      return DATASET;
    }
    List<Job> jobs = new ArrayList<>(List.of(values()));
    jobs.removeIf(job -> !keys.contains(job.ownKey));
    if (jobs.contains(ANOMALY)) {
      jobs.remove(TELEMETRY);
    }
    if (jobs.isEmpty()) {
      jobs.addAll(List.of(values()));
      jobs.removeIf(job -> !name.startsWith(job.toString()));
    }
    if (jobs.size() != 1) {
      throw new ConfigException(
          file
              + ": must have a key of one job, models, window, scoring or source; or say which with"
              + " --job");
    }
    return jobs.get(0);
  }
}
