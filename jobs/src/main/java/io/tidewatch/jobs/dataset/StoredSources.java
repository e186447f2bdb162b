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
   * @param selection what is wanted; a source may leave out what is not
   * @throws ConfigException when it cannot be used
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
