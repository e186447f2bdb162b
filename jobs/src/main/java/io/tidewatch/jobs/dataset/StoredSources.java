package io.tidewatch.jobs.dataset;

import io.tidewatch.analytics.dataset.Selection;
import io.tidewatch.jobs.config.ConfigException;
import io.tidewatch.schemas.model.TelemetryModel;
import io.tidewatch.schemas.model.TelemetryModels;
import java.nio.file.Path;

/** The source that a configuration names. */
final class StoredSources {
  private StoredSources() {}

  /**
   * Looks at what the configuration says of its source, and at no source.
   *
   * @throws ConfigException when there cannot be such a source
   */
  static void check(
      Path file,
      SourceConfig config,
      TelemetryModel model,
      TelemetryModels models,
      Selection selection) {
    try {
      switch (config.kind()) {
        case FILES -> StoredFiles.check(config.files(), model);
        case POSTGRES -> StoredQuery.check(config.postgres(), model);
        case KAFKA -> StoredTopic.check(file, config.kafka(), models);
        case TDENGINE -> StoredSuperTable.check(config.tdengine(), model, selection);
      }
    } catch (IllegalArgumentException e) {
      throw new ConfigException(file + ": source." + e.getMessage());
    }
  }

  /**
   * The source, which is there.
   *
   * @param config that was checked
   * @param selection what is wanted; a source may leave out what is not
   * @throws ConfigException when it cannot be reached, or has not what is asked for
   */
  static StoredTelemetry of(
      Path file,
      SourceConfig config,
      TelemetryModel model,
      TelemetryModels models,
      Selection selection) {
    return switch (config.kind()) {
      case FILES -> StoredFiles.of(file, config.files(), model, models);
      case POSTGRES -> StoredQuery.of(file, config.postgres(), model);
      case KAFKA -> StoredTopic.of(file, config.kafka(), models);
      case TDENGINE -> StoredSuperTable.of(file, config.tdengine(), model, selection);
    };
  }
}
