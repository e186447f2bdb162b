package io.tidewatch.cli.input;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.tidewatch.schemas.model.OutOfRange;
import io.tidewatch.schemas.model.TelemetryField;
import io.tidewatch.schemas.model.TelemetryModel;
import io.tidewatch.schemas.model.TelemetryModels;
import io.tidewatch.schemas.model.UnknownFields;
import io.tidewatch.schemas.model.WindowSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The models in {@code flink-conf/models}, read without the loader of the jobs. */
final class ModelFiles {
  private static final YAMLMapper YAML = new YAMLMapper();

  private ModelFiles() {}

  static Path root() {
    return Path.of(System.getProperty("tidewatch.root"));
  }

  static List<Path> all() throws IOException {
    try (Stream<Path> files = Files.list(root().resolve("flink-conf/models"))) {
      return files.sorted().toList();
    }
  }

  static JsonNode tree(Path file) throws IOException {
    return YAML.readTree(file.toFile());
  }

  static TelemetryModels models() throws IOException {
    List<TelemetryModel> models = new ArrayList<>();
    for (Path file : all()) {
      models.add(model(tree(file)));
    }
    return TelemetryModels.of(models);
  }

  private static TelemetryModel model(JsonNode tree) {
    List<TelemetryField> fields = new ArrayList<>();
    for (JsonNode field : tree.get("fields")) {
      JsonNode range = field.get("valid_range");
      fields.add(
          new TelemetryField(
              field.get("name").textValue(),
              field.get("unit").textValue(),
              range.get(0).asDouble(Double.NEGATIVE_INFINITY),
              range.get(1).asDouble(Double.POSITIVE_INFINITY)));
    }
    JsonNode window = tree.get("window");
    return new TelemetryModel(
        tree.get("name").textValue(),
        tree.get("description").textValue(),
        fields,
        UnknownFields.valueOf(tree.get("unknown_fields").textValue().toUpperCase(Locale.ROOT)),
        OutOfRange.valueOf(tree.get("out_of_range").textValue().toUpperCase(Locale.ROOT)),
        new WindowSpec(
            Duration.parse(window.get("size").textValue()),
            Duration.parse(window.get("slide").textValue())));
  }
}
