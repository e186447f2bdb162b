package io.tidewatch.jobs.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tidewatch.jobs.config.ConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What cannot be a data set: one line that names key and value, and nothing is touched. */
class DatasetBadInputITCase {
  private static final String LABELLED = "label: {field: label}\n";

  @TempDir Path folder;
  private DatasetSpace space;

  @BeforeEach
  void makeReadings() {
    space = new DatasetSpace(folder);
  }

  static Stream<Arguments> refusals() {
    return Stream.of(
        Arguments.of("model: pres", "model: must be one of [press], was 'pres'"),
        Arguments.of(
            "label: {field: colour}",
            "label.field: must be label or a field of the model press [force, heat], was 'colour'"),
        Arguments.of(
            "source: {files: {paths: [readings.csv], columns: {fields: {weight: force}}}}",
            "source.files.columns.fields: must be fields of the model press, was 'weight'"),
        Arguments.of(
            "source: {files: {paths: [readings.csv], columns: {fields: {force: newton}}}}",
            "source.files.columns.fields.force: must be one of the columns [timestamp, device_id, force, heat, label, known], was 'newton'"),
        Arguments.of(
            "source: {files: {paths: [readings.csv], columns: {label: kind}}}",
            "source.files.columns.label: must be one of the columns"),
        Arguments.of(
            "source: {files: {paths: [none.csv]}}",
            "source.files.paths: must be readable files, was 'none.csv'"),
        Arguments.of(
            "source: {files: {paths: [readings.csv, ./readings.csv]}}",
            "source.files.paths: must name each file once, was twice './readings.csv'"),
        Arguments.of(
            LABELLED + "source: {files: {paths: [readings.csv]}}",
            "label.field: must occur in the range, never did, was 'label'"),
        Arguments.of(
            LABELLED + "to: 2026-03-01T23:52:00Z",
            "label.field: must have at least two classes, 'label' had only [0]"),
        Arguments.of(
            "from: 2027-01-01T00:00:00Z",
            "from, to: must hold readings of the model press and the devices, held none (3600 read"),
        Arguments.of(
            "from: 2026-03-02T00:00:00Z\nto: 2026-03-01T00:00:00Z",
            "to: must be after from (2026-03-02T00:00:00Z), was 2026-03-01T00:00:00Z"),
        Arguments.of(
            "from: 2026-03-02T00:00:00Z\nto: 2026-03-02T00:00:00Z", "to: must be after from"),
        Arguments.of("from: yesterday", "from: must be a time such as"),
        Arguments.of(
            "from: 2026-03-02T00:00:00Z\nas_of: 2026-03-01T00:00:00Z",
            "as_of: must be after from (2026-03-02T00:00:00Z), was 2026-03-01T00:00:00Z"),
        Arguments.of(
            "as_of: 2026-03-02T00:00:00Z\nsource: {files: {paths: [readings.csv]}}",
            "as_of: must be given with a source that says when a reading became known only"),
        Arguments.of(
            "from: 2026-03-02T00:00:00Z\nto: 2026-03-02T00:00:05Z",
            "to: must be a window (PT10S) or more after from"),
        Arguments.of(
            "window: {size: 5000 points, overlap: 0.5}",
            "window.size: must be ≤ the points of a device, was 5000 points"),
        Arguments.of(
            "devices: [press-0, press-9]",
            "devices: must have a whole window in the range each, had none 'press-9'"),
        Arguments.of(
            "source: {files: {paths: [constant.csv], columns: {fields: {force: empty}}}}",
            "constant_columns: refuse: force_mean must have values in train, was missing in all"),
        Arguments.of(
            "source: {files: {paths: [readings.csv, constant.csv]}}\ndevices: [flat]\n",
            "constant_columns: refuse: force_mean must vary in train, was 5.0 in all"),
        Arguments.of("split: {val_split: 1.5}", "split.val_split: must be > 0 and < 1, was 1.5"),
        Arguments.of(
            "split: {embargo: PT1S}", "split.embargo: must be ≥ one window (PT10S), was PT1S"),
        Arguments.of(
            "split: {embargo: PT24H}", "split.val_split: must leave rows for train and validation"),
        Arguments.of(
            "split: {by: random, group: window}",
            "split.by: windows of train and validation must not overlap, were"),
        Arguments.of(
            "normalisation: {method: min_max, lower: 1, upper: 1}",
            "normalisation.upper: must be > lower (1.0)"),
        Arguments.of("target: none/out", "target: must lie in a folder that is there"),
        Arguments.of("target: readings.csv", "target: must be absent, empty or a data set"),
        Arguments.of("target: readings.csv/out", "target: must lie in a folder that is there"),
        Arguments.of(
            "target: " + "x".repeat(300), "target: must lie in a folder that can be written"),
        Arguments.of("colour: red", "colour: unknown key"));
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void isRefusedInOneLineAndTouchesNothing(String yaml, String expected) throws Exception {
    StringBuilder constant = new StringBuilder("timestamp,device_id,force,empty,heat\n");
    for (int second = 0; second < 600; second++) {
      constant.append(DatasetSpace.START_MS + second * 1000L).append(",flat,5,,").append(second);
      constant.append('\n');
    }
    space.write("constant.csv", constant.toString());
    Path config = space.config(yaml);
    Map<String, byte[]> before = space.files("");

    ConfigException refused =
        catchThrowableOfType(ConfigException.class, () -> space.run(config, Map.of(), 1));

    assertThat(refused).hasMessageContaining(expected).hasMessageStartingWith(config.toString());
    assertThat(refused.getMessage()).doesNotContain("\n");
    assertThat(space.files("")).usingRecursiveComparison().isEqualTo(before);
    assertThat(space.names()).noneMatch(name -> name.startsWith("."));
  }

  /** Not even by root. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void aTargetWhereNobodyCanWriteIsRefusedBeforeAnythingIsRead() throws Exception {
    Path config = space.config("target: /proc/tidewatch-out\n");

    ConfigException refused =
        catchThrowableOfType(ConfigException.class, () -> space.run(config, Map.of(), 1));

    assertThat(refused)
        .hasMessageStartingWith(config + ": target: must lie in a folder that can be written")
        .hasMessageContaining("/proc/tidewatch-out");
    assertThat(refused.getMessage()).doesNotContain("\n");
    assertThat(space.names()).containsExactly("dataset.yaml", "models", "readings.csv");
  }

  @Test
  void aFileWhereTheNextDataSetWouldBeMadeIsNotTouched() throws Exception {
    space.write(".out.tidewatch", "mine");

    ConfigException refused = catchThrowableOfType(ConfigException.class, () -> space.run(""));

    assertThat(refused).hasMessageContaining("target: must lie in a folder that can be written");
    assertThat(space.file(".out.tidewatch")).hasContent("mine");
    assertThat(space.file("out")).doesNotExist();
  }

  @Test
  void aTargetWithForeignFilesIsRefusedBeforeAnythingIsRead() throws Exception {
    space.run("");
    space.write("out/notes.txt", "mine");
    Map<String, byte[]> before = space.files("");

    ConfigException refused = catchThrowableOfType(ConfigException.class, () -> space.run(""));

    assertThat(refused)
        .hasMessageContaining("target: must be absent, empty or a data set")
        .hasMessageContaining("the foreign file 'notes.txt'");
    assertThat(space.files("")).usingRecursiveComparison().isEqualTo(before);
  }

  @Test
  void aRefusedDataSetLeavesTheFormerOneAsItWas() throws Exception {
    space.run("");
    Map<String, byte[]> before = space.files("out");

    assertThat(catchThrowableOfType(ConfigException.class, () -> space.run("devices: [none]\n")))
        .isNotNull();

    assertThat(space.files("out")).usingRecursiveComparison().isEqualTo(before);
  }

  @Test
  void filesThatLookLikeADataSetWithoutItsStatisticsAreForeign() throws IOException {
    Files.createDirectories(space.file("out/split=train"));
    assertThat(FormerDataset.foreign(space.file("out")))
        .isEqualTo("files but no _stats.json of a data set");
    space.write("out/_stats.json", "{\"format\": 1}");
    assertThat(FormerDataset.foreign(space.file("out"))).isNotNull();
    space.write("out/_stats.json", "not json");
    assertThat(FormerDataset.foreign(space.file("out"))).isNotNull();
  }
}
