package io.tidewatch.jobs.config;

import io.tidewatch.schemas.model.TelemetryModel;
import io.tidewatch.schemas.model.TelemetryModels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Telemetry models: each {@code *.yaml} of a folder is one, named like its file. */
public final class ModelFiles {
  private ModelFiles() {}

  /**
   * @throws ConfigException naming the file, when one cannot be used or there is none
   */
  public static TelemetryModels load(YamlLoader loader, Path folder) {
    List<TelemetryModel> models = new ArrayList<>();
    for (Path file : yamlFiles(folder)) {
      TelemetryModel model = loader.load(file, ModelEntry.class).toModel(file);
      if (!file.getFileName().toString().equals(model.name() + ".yaml")) {
        throw new ConfigException(
            file + ": name: must equal the file's name, was '" + model.name() + "'");
      }
      models.add(model);
    }
    if (models.isEmpty()) {
      throw new ConfigException(folder + ": must hold at least one telemetry model, *.yaml");
    }
    return TelemetryModels.of(models);
  }

  private static List<Path> yamlFiles(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList();
    } catch (IOException e) {
      throw new ConfigException(folder + ": must be a readable folder (" + e + ")");
    }
  }
}
