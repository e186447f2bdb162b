package io.tidewatch.jobs.config;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import io.tidewatch.schemas.model.OutOfRange;
import io.tidewatch.schemas.model.TelemetryField;
import io.tidewatch.schemas.model.TelemetryModel;
import io.tidewatch.schemas.model.TelemetryModels;
import io.tidewatch.schemas.model.UnknownFields;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Telemetry models: each {@code *.yaml} of a folder is one, named like its file. */
public final class ModelFiles {
  private ModelFiles() {}

  /**
   * @throws ConfigException naming the file, when one cannot be used or there is none
   */
  public static TelemetryModels load(YamlLoader loader, Path folder) {
    List<TelemetryModel> models = new ArrayList<>();
    for (Path file : yamlFiles(folder)) {
      TelemetryModel model = loader.load(file, ModelFile.class).toModel(file);
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

  private record ModelFile(
      String name,
      String description,
      UnknownFields unknownFields,
      OutOfRange outOfRange,
      WindowEntry window,
      List<FieldEntry> fields) {

    TelemetryModel toModel(Path file) {
      List<TelemetryField> converted = new ArrayList<>();
      for (FieldEntry entry : fields) {
        converted.add(entry.toField(file));
      }
      try {
        return new TelemetryModel(
            name, description, converted, unknownFields, outOfRange, window.toWindow(file));
      } catch (IllegalArgumentException e) {
        throw new ConfigException(file + ": " + e.getMessage());
      }
    }
  }

  private record FieldEntry(
      String name,
      String unit,
      @JsonSetter(contentNulls = Nulls.SET) List<@Nullable Double> validRange) {

    TelemetryField toField(Path file) {
      if (validRange.size() != 2) {
        throw new ConfigException(
            file + ": fields." + name + ".valid_range: must be [min, max], was " + validRange);
      }
      Double min = validRange.get(0);
      Double max = validRange.get(1);
      try {
        return new TelemetryField(
            name,
            unit,
            min == null ? Double.NEGATIVE_INFINITY : min,
            max == null ? Double.POSITIVE_INFINITY : max);
      } catch (IllegalArgumentException e) {
        throw new ConfigException(file + ": fields." + name + "." + e.getMessage());
      }
    }
  }
}
