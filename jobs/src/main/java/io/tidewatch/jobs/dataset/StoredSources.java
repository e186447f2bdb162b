package io.tidewatch.jobs.dataset;

import io.tidewatch.jobs.config.ConfigException;
import io.tidewatch.schemas.model.TelemetryModel;
import io.tidewatch.schemas.model.TelemetryModels;
import java.nio.file.Path;

/** The source that a configuration names. */
final class StoredSources {
  private StoredSources() {}

  /**
   * @throws ConfigException when it cannot be used
   */
  static StoredTelemetry of(
      Path file, SourceConfig config, TelemetryModel model, TelemetryModels models) {
    return switch (config.kind()) {
      case FILES -> StoredFiles.of(file, config.files(), model, models);
      case POSTGRES -> StoredQuery.of(file, config.postgres(), model);
      case KAFKA -> StoredTopic.of(file, config.kafka(), models);
      case TDENGINE ->
          throw new ConfigException(
              file
                  + ": source.kind: must be files, postgres or kafka so far, was tdengine, whose driver is not there yet");
    };
  }
}
