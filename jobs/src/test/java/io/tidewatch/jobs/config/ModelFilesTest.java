package io.tidewatch.jobs.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.schemas.model.OutOfRange;
import io.tidewatch.schemas.model.TelemetryModel;
import io.tidewatch.schemas.model.UnknownFields;
import io.tidewatch.schemas.model.WindowSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelFilesTest {
  private static final String PUMP =
      """
      name: pump
      description: a pump
      unknown_fields: reject
      out_of_range: clip
      window: {size: 1m, slide: 10s}
      fields:
        - {name: flow, unit: l/s, valid_range: [0, 100]}
        - {name: heat, unit: Cel, valid_range: [null, 90.5]}
        - {name: free, unit: "1", valid_range: [null, null]}
      """;

  @TempDir Path temporary;
  private ConfigFolder folder;

  @BeforeEach
  void makeFolder() {
    folder = new ConfigFolder(temporary);
  }

  @Test
  void readsAModel() {
    folder.file("pump.yaml", PUMP);
    TelemetryModel model = ModelFiles.load(folder.loader(), temporary).get("pump");
    assertThat(model.unknownFields()).isEqualTo(UnknownFields.REJECT);
    assertThat(model.outOfRange()).isEqualTo(OutOfRange.CLIP);
    assertThat(model.window())
        .isEqualTo(new WindowSpec(Duration.ofMinutes(1), Duration.ofSeconds(10)));
    assertThat(model.fields()).extracting("name").containsExactly("flow", "heat", "free");
    assertThat(model.fields())
        .extracting("min")
        .containsExactly(0.0, Double.NEGATIVE_INFINITY, Double.NEGATIVE_INFINITY);
    assertThat(model.fields())
        .extracting("max")
        .containsExactly(100.0, 90.5, Double.POSITIVE_INFINITY);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "slide: 10s | slide: 5m | : window.slide: must be ≤ size (PT1M), was PT5M",
        "[0, 100] | [100, 0] | : fields.flow.valid_range: min must be ≤ max, was [100.0, 0.0]",
        "[0, 100] | [0] | : fields.flow.valid_range: must be [min, max], was [0.0]",
        "[0, 100] | 5 | : fields[0].valid_range: must be a list, was one value",
        "[0, 100] | [0, x] | : fields[0].valid_range[1]: must be a number, was 'x'",
        "unit: l/s | 'unit: l/s, size: 1' | : fields[0].size: unknown key; known here: name, unit, valid_range",
        "'unit: l/s, ' | '' | : fields[0].unit: must be given, was missing",
        "name: heat | name: flow | : fields: must be unique, was twice flow",
        "name: flow | name: Flow | : fields.Flow.name: must be lower case letters, digits and _, at most 63, was 'Flow'",
        "name: pump | name: pomp | : name: must equal the file's name, was 'pomp'",
        "reject | maybe | : unknown_fields: must be one of reject, ignore, was 'maybe'",
        "'- {name: flow, unit: l/s, valid_range: [0, 100]}' | '- ' | : fields[0]: must be given, was missing",
      })
  void namesFileKeyRuleAndValue(String from, String to, String error) {
    assertThat(PUMP).contains(from);
    folder.file("pump.yaml", PUMP.replace(from, to));
    assertThat(folder.error("pump.yaml", () -> ModelFiles.load(folder.loader(), temporary)))
        .isEqualTo(error);
  }

  @Test
  void refusesAModelWithoutFields() {
    folder.file("pump.yaml", PUMP.substring(0, PUMP.indexOf("\nfields:") + 1) + "fields: []\n");
    assertThat(folder.error("pump.yaml", () -> ModelFiles.load(folder.loader(), temporary)))
        .isEqualTo(": fields: must name at least one field, was empty");
  }

  @Test
  void refusesAFolderWithoutModelsAndOneThatIsNotThere() throws IOException {
    Files.writeString(temporary.resolve("notes.txt"), "no model");
    assertThat(folder.error("", () -> ModelFiles.load(folder.loader(), temporary)))
        .contains(": must hold at least one telemetry model, *.yaml");
    assertThat(folder.error("x", () -> ModelFiles.load(folder.loader(), temporary.resolve("x"))))
        .startsWith(": must be a readable folder (");
  }
}
