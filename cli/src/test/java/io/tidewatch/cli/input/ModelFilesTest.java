package io.tidewatch.cli.input;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidewatch.schemas.model.TelemetryField;
import io.tidewatch.schemas.model.TelemetryModels;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ModelFilesTest {

  @Test
  void eachFileIsAModelOfItsNameWithTheKeysOfTheContractOnly() throws Exception {
    for (Path file : ModelFiles.all()) {
      JsonNode tree = ModelFiles.tree(file);
      assertThat(tree.fieldNames())
          .toIterable()
          .as(file.toString())
          .filteredOn(key -> !Set.of("features", "time_zone", "cleaning").contains(key))
          .containsExactly(
              "name", "description", "unknown_fields", "out_of_range", "window", "fields");
      assertThat(tree.get("window").fieldNames()).toIterable().containsExactly("size", "slide");
      assertThat(file.getFileName()).hasToString(tree.get("name").textValue() + ".yaml");
      for (JsonNode field : tree.get("fields")) {
        assertThat(field.fieldNames())
            .toIterable()
            .as(file.toString())
            .containsExactly("name", "unit", "valid_range");
        assertThat(field.get("valid_range")).hasSize(2);
      }
    }
  }

  @Test
  void theModelsAreThoseOfTheDemoAndTheReplay() throws Exception {
    TelemetryModels models = ModelFiles.models();

    assertThat(models.names()).contains("host", "metric", "omi", "welding");
    assertThat(models.get("omi").fields()).hasSize(19);
    assertThat(models.get("omi").window().panes().sizeMs()).isEqualTo(3_600_000);
    assertThat(models.get("metric").fields())
        .extracting(TelemetryField::name)
        .containsExactly("value");
    assertThat(models.get("welding").fields())
        .extracting(TelemetryField::name)
        .containsExactly(
            "current_ampere", "voltage_volt", "temperature_celsius", "vibration_mm_per_second");
  }
}
