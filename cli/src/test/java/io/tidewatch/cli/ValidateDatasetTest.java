package io.tidewatch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code tidewatch validate} on configurations of data sets; no source of theirs is there. */
class ValidateDatasetTest {
  private static final Path ROOT =
      Path.of(System.getProperty("tidewatch.root", "..")).toAbsolutePath().normalize();

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir Path folder;

  @BeforeEach
  void copyTheModel() throws IOException {
    Files.createDirectories(folder.resolve("models"));
    Files.createDirectories(folder.resolve("jobs"));
    Files.copy(
        ROOT.resolve("flink-conf/models/welding.yaml"), folder.resolve("models/welding.yaml"));
  }

  @Test
  void theShippedFileIsValidAndCostsNoState() {
    String shipped = ROOT.resolve("flink-conf/jobs/dataset.yaml").toString();

    assertThat(validate(shipped)).isZero();

    assertThat(err.toString()).isEmpty();
    assertThat(out.toString().lines())
        .singleElement()
        .asString()
        .matches("\\Q" + shipped + "\\E: dataset job, model welding, \\d+ features, source files");
  }

  @Test
  void theExampleOfTheDocsIsValid() throws IOException {
    String docs = Files.readString(ROOT.resolve("docs/datasets.md"));
    int begin = docs.indexOf("```yaml\n") + "```yaml\n".length();
    Path example = file("welds.yaml", docs.substring(begin, docs.indexOf("```", begin)));

    assertThat(validate(example.toString())).as(err.toString()).isZero();

    assertThat(out.toString()).startsWith(example + ": dataset job, model welding, ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "source: {kind: kafka, kafka: {bootstrap_servers: 'localhost:1', from: 2026-03-01T00:00:00Z}}",
        "source: {kind: postgres, postgres: {url: 'jdbc:postgresql://localhost:1/x', query: SELECT 1}}",
        "source: {files: {paths: [none.ndjson], format: ndjson}}",
        "models: ../models\nwindow: {size: 100 points, overlap: 0.5}\nmodel: welding"
      })
  void nothingIsConnectedTo(String yaml) throws IOException {
    assertThat(validate(file("any.yaml", yaml).toString())).as(err.toString()).isZero();
    assertThat(out.toString()).contains("any.yaml: dataset job, model welding");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "colour: red | colour: unknown key",
        "source: {file: {}} | source.file: unknown key",
        "model: weldin | model: must be one of [welding], was 'weldin'",
        "models: none | none: must be a readable folder",
        "from: yesterday | from: must be a time such as",
        "devices: weld-1 | devices: must be a list, was one value",
        "target: '' | target: must be a folder, was empty",
        "window: {size: PT10S, slide: PT3S} | window.size: must be a whole number of slides (PT3S), was PT10S",
        "label: {field: colour} | label.field: must be label or a field of the model welding",
        "label: {of_window: most} | label.of_window: must be one of any, last, majority, was 'most'",
        "normalisation: {method: minmax} | normalisation.method: must be one of none, min_max, z_score, was 'minmax'",
        "normalisation: {method: min_max, lower: 1} | normalisation.upper: must be > lower (1.0)",
        "split: {val_split: 2} | split.val_split: must be > 0 and < 1, was 2.0",
        "split: {embargo: PT1S} | split.embargo: must be ≥ one window (PT10S), was PT1S",
        "constant_columns: drop | constant_columns: must be one of refuse, keep, was 'drop'",
        "as_of: 2026-03-02T00:00:00Z | as_of: must be given with a source that says when",
        "source: {kind: s3} | source.kind: must be one of files, postgres, kafka, tdengine, was 's3'",
        "source: {files: {paths: []}} | source.files.paths: must name at least one file, was empty",
        "source: {files: {columns: {fields: {weight: kg}}}} | source.files.columns.fields: must be fields of the model welding, was 'weight'",
        "source: {files: {columns: {device: ''}}} | source.files.columns.only_device: must be given where device is empty",
        "source: {kind: postgres} | source.postgres.query: must be given, was empty",
        "source: {postgres: {password: secret}} | source.postgres.password: must be taken from the environment",
        "source: {kind: kafka, kafka: {from: soon}} | source.kafka.from: must be earliest or a time such as",
        "source: {kind: kafka, kafka: {topic: a b}} | source.kafka.topic: must be letters, digits",
        "source: {kind: kafka, kafka: {format: avro}} | source.kafka.avro: must have schema_registry or schemas",
        "source: {kind: kafka, kafka: {format: avro, avro: {schemas: {7: x.avsc}}}} | source.kafka.avro.schemas.7: must be a readable file, was 'x.avsc'",
      })
  void whatCannotBeADataSetIsOneLineAndExitCodeOne(String yaml, String error) throws IOException {
    assertThat(validate(file("dataset-of-welds.yaml", yaml).toString())).isEqualTo(1);

    assertThat(err.toString().lines())
        .singleElement()
        .asString()
        .startsWith("tidewatch: " + folder)
        .contains(error);
    assertThat(out.toString()).isEmpty();
  }

  private Path file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve("jobs").resolve(name), text + "\n");
  }

  private int validate(String... files) {
    List<String> args = new ArrayList<>(List.of("validate"));
    args.addAll(List.of(files));
    return Tidewatch.command()
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(args.toArray(String[]::new));
  }
}
