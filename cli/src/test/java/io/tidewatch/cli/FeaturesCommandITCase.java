package io.tidewatch.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SpecVersion.VersionFlag;
import io.tidewatch.jobs.dataset.parquet.RowFileReader;
import io.tidewatch.schemas.dataset.LabelledVector;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class FeaturesCommandITCase {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long START_MS = Instant.parse("2026-03-01T12:00:00Z").toEpochMilli();

  @TempDir Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeEach
  void makeReadings() throws IOException {
    write(
        "models/press.yaml",
        """
        name: press
        description: a press
        unknown_fields: reject
        out_of_range: missing
        window: {size: PT10S, slide: PT5S}
        fields:
          - {name: force, unit: N, valid_range: [null, null]}
          - {name: heat, unit: Cel, valid_range: [null, null]}
        features: [mean, std]
        """);
    StringBuilder csv = new StringBuilder("timestamp,device_id,force,heat,label\n");
    csv.append("yesterday,a,1,1,0\n");
    for (int second = 0; second < 300; second++) {
      for (String device : List.of("a", "b")) {
        String heat = second / 30 % 4 == 2 ? "" : Double.toString(Math.sin(second) / 3);
        csv.append(START_MS + second * 1000L)
            .append(",%s,%d,%s,%d\n".formatted(device, second % 17, heat, second / 60 % 2));
      }
    }
    write("readings.csv", csv.toString());
    write(
        "dataset.yaml",
        """
        models: models
        model: press
        source: {files: {paths: [readings.csv], columns: {label: label}}}
        label: {field: label}
        constant_columns: keep
        target: out
        """);
  }

  private void write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private int run(String... args) {
    CommandLine command = Tidewatch.command();
    return command
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(args);
  }

  private int ask(String command, String... options) {
    out.getBuffer().setLength(0);
    List<String> args = new ArrayList<>(List.of("features", command));
    args.addAll(List.of("--config", folder.resolve("dataset.yaml").toString()));
    args.addAll(List.of(options));
    return run(args.toArray(String[]::new));
  }

  private JsonNode answer(String command, String... options) throws IOException {
    assertThat(ask(command, options)).as(err.toString()).isZero();
    assertThat(out.toString().lines()).hasSize(1);
    return JSON.readTree(out.toString());
  }

  @Test
  void bothAnswerWhatTheDataSetOfTheSameConfigurationHolds() throws IOException {
    JsonNode matrix = answer("extract");
    JsonNode summary = answer("stats");
    assertThat(folder.resolve("out")).doesNotExist();
    assertThat(violations("feature-matrix", matrix)).isEmpty();
    assertThat(violations("feature-summary", summary)).isEmpty();

    assertThat(run("dataset", "--config", folder.resolve("dataset.yaml").toString())).isZero();
    JsonNode stats = JSON.readTree(folder.resolve("out/_stats.json").toFile());
    hasTheRowsOf(matrix, stats);
    saysOfItselfWhat(stats, matrix.get("metadata"));
    saysOfItselfWhat(stats, summary.get("metadata"));
    isOf(matrix, summary);
  }

  /** Each row of the files is in the matrix, bit for bit; the others are those of the embargo. */
  private void hasTheRowsOf(JsonNode matrix, JsonNode stats) throws IOException {
    List<String> names = new ArrayList<>();
    matrix.get("feature_names").forEach(name -> names.add(name.textValue()));
    List<LabelledVector> rows = new ArrayList<>();
    try (Stream<Path> tree = Files.walk(folder.resolve("out"))) {
      for (Path file : tree.filter(each -> each.toString().endsWith(".parquet")).toList()) {
        RowFileReader.read(file, names, rows::add);
      }
    }
    Map<String, Integer> places = new HashMap<>();
    for (int i = 0; i < matrix.get("features").size(); i++) {
      places.put(text(matrix, "timestamps", i) + text(matrix, "devices", i), i);
    }
    assertThat(places).hasSize(rows.size() + stats.at("/rows/embargo").intValue());
    assertThat(rows).hasSizeGreaterThan(60);
    int missing = 0;
    for (LabelledVector row : rows) {
      Integer at =
          places.get(Instant.ofEpochMilli(row.vector().windowEndMs()) + row.vector().deviceId());
      assertThat(at).isNotNull();
      assertThat(text(matrix, "window_starts", at))
          .isEqualTo(Instant.ofEpochMilli(row.vector().windowStartMs()).toString());
      assertThat(text(matrix, "labels", at)).isEqualTo(row.label());
      for (int i = 0; i < names.size(); i++) {
        JsonNode value = matrix.get("features").get(at).get(i);
        double expected = row.vector().features()[i];
        missing += value.isNull() ? 1 : 0;
        assertThat(Double.doubleToLongBits(value.isNull() ? Double.NaN : value.doubleValue()))
            .isEqualTo(Double.doubleToLongBits(expected));
      }
    }
    assertThat(missing).isPositive();
  }

  private static void saysOfItselfWhat(JsonNode stats, JsonNode metadata) {
    for (String name :
        List.of(
            "code_version",
            "as_of",
            "from",
            "to",
            "devices",
            "sources",
            "window",
            "time_zone",
            "out_of_range",
            "fields",
            "feature_list",
            "label")) {
      assertThat(metadata.get(name)).as(name).isEqualTo(stats.get(name));
    }
    assertThat(metadata.at("/rows/records").longValue()).isEqualTo(600);
    assertThat(metadata.at("/rows/rejected").longValue()).isEqualTo(1);
    assertThat(metadata.get("overlap").doubleValue()).isEqualTo(0.5);
  }

  /** Statistics of all rows of the matrix, the embargo among them. */
  private static void isOf(JsonNode matrix, JsonNode summary) {
    int rows = matrix.get("features").size();
    assertThat(summary.at("/metadata/rows/windows").intValue()).isEqualTo(rows);
    for (int i = 0; i < matrix.get("feature_names").size(); i++) {
      JsonNode feature = summary.get("features").get(i);
      assertThat(feature.get("name")).isEqualTo(matrix.get("feature_names").get(i));
      List<Double> values = new ArrayList<>();
      for (JsonNode row : matrix.get("features")) {
        if (!row.get(i).isNull()) {
          values.add(row.get(i).doubleValue());
        }
      }
      JsonNode all = feature.get("all");
      assertThat(all.get("count").intValue()).isEqualTo(values.size());
      assertThat(all.get("missing_ratio").doubleValue())
          .isEqualTo((double) (rows - values.size()) / rows);
      assertThat(all.get("min").doubleValue())
          .isEqualTo(values.stream().mapToDouble(each -> each).min().orElseThrow());
      assertThat(all.get("mean").doubleValue())
          .isCloseTo(
              values.stream().mapToDouble(each -> each).average().orElseThrow(), within(1e-9));
    }
    int worn = 0;
    for (JsonNode label : matrix.get("labels")) {
      worn += label.textValue().equals("1") ? 1 : 0;
    }
    assertThat(summary.at("/classes/all/counts/1").intValue()).isEqualTo(worn).isPositive();
    assertThat(summary.at("/correlation/pairs/0/0").intValue()).isEqualTo(rows);
  }

  @Test
  void optionsStandOverTheFileAndOneClassIsEnough() throws IOException {
    JsonNode matrix =
        answer(
            "extract",
            "--device",
            "b",
            "--from",
            "2026-03-01T12:00:00Z",
            "--to",
            "2026-03-01T12:00:20Z",
            "--max-rows",
            "3");

    assertThat(matrix.get("timestamps").toString())
        .isEqualTo("[\"2026-03-01T12:00:10Z\",\"2026-03-01T12:00:15Z\",\"2026-03-01T12:00:20Z\"]");
    assertThat(matrix.get("devices").toString()).isEqualTo("[\"b\",\"b\",\"b\"]");
    assertThat(matrix.get("labels").toString()).isEqualTo("[\"0\",\"0\",\"0\"]");
    assertThat(matrix.at("/features/0/0").doubleValue()).isEqualTo(4.5);
  }

  @Test
  void targetAndSplitAreNotLookedAt() throws IOException {
    write("out/notes.txt", "mine");
    Path config = folder.resolve("dataset.yaml");
    Files.writeString(config, Files.readString(config) + "split: {embargo: PT24H}\n");

    assertThat(answer("stats").at("/metadata/rows/windows").intValue()).isPositive();
    assertThat(folder.resolve("out/notes.txt")).hasContent("mine");
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files.map(file -> folder.relativize(file).toString()))
          .containsExactlyInAnyOrder("models", "readings.csv", "dataset.yaml", "out");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "extract | --max-rows 5 | 1 | --max-rows: must be ≥ the windows of the range (122), was 5;",
        "extract | --model pres | 1 | model: must be one of [press], was 'pres'",
        "stats | --device c | 1 | held none (601 read",
        "stats | --from 2027-01-01T00:00:00Z | 1 | from, to: must hold readings of the model press",
        "extract | --max-rows 0 | 2 | --max-rows: must be ≥ 1, was 0",
        "stats | --max-rows 5 | 2 | --max-rows",
        "extract | --target out | 2 | --target",
      })
  void whatIsWrongIsOneLineAndNothingIsAnswered(
      String command, String options, int exit, String expected) throws IOException {
    assertThat(ask(command, options.split(" "))).isEqualTo(exit);
    assertThat(out.toString()).isEmpty();
    assertThat(err.toString().lines()).singleElement().asString().contains(expected);
    assertThat(err.toString()).startsWith("tidewatch: ");
  }

  @Test
  void theExamplesOfTheDocsRunAndAnswerWhatTheySay() throws IOException {
    Path root = Path.of(System.getProperty("tidewatch.root", ".."));
    String docs = Files.readString(root.resolve("docs/datasets.md"));
    int yaml = docs.indexOf("```yaml\n") + 8;
    write("jobs/welds.yaml", docs.substring(yaml, docs.indexOf("```", yaml)));
    write("models/welding.yaml", Files.readString(root.resolve("flink-conf/models/welding.yaml")));
    writeWelds();
    List<JsonNode> answers = new ArrayList<>();
    for (String line :
        docs.lines().filter(each -> each.startsWith("./tidewatch features ")).toList()) {
      out.getBuffer().setLength(0);
      String args = line.replace("welds.yaml", folder.resolve("jobs/welds.yaml").toString());
      assertThat(run(args.substring("./tidewatch ".length()).split(" ")))
          .as(err.toString())
          .isZero();
      answers.add(JSON.readTree(out.toString()));
    }
    assertThat(answers).hasSize(2);
    for (JsonNode answer : answers) {
      answer.properties().forEach(member -> assertThat(docs).contains("`" + member.getKey() + "`"));
      answer
          .get("metadata")
          .properties()
          .forEach(member -> assertThat(docs).contains("`" + member.getKey() + "`"));
    }
  }

  private void writeWelds() throws IOException {
    StringBuilder csv =
        new StringBuilder(
            "measured_at,machine,current_ampere,voltage_volt,temperature_celsius,vibration_mm_per_second,defect,stored_at\n");
    for (int second = 0; second < 120; second++) {
      long timeMs = START_MS + second * 1000L;
      for (int device = 1; device <= 2; device++) {
        csv.append(
            "%d,weld-%d,%d,20,60,3,%d,%d\n"
                .formatted(timeMs, device, 200 + second % 7, second / 40 % 2, timeMs + 500));
      }
    }
    write("jobs/welds.csv", csv.toString());
  }

  private static String text(JsonNode document, String name, int at) {
    return document.get(name).get(at).textValue();
  }

  private static Iterable<?> violations(String name, JsonNode document) {
    return JsonSchemaFactory.getInstance(
            VersionFlag.V202012,
            factory ->
                factory.schemaMappers(
                    mappers ->
                        mappers.mapPrefix("https://tidewatch.io/schemas/", "classpath:json/")))
        .getSchema(SchemaLocation.of("https://tidewatch.io/schemas/" + name + ".v1.schema.json"))
        .validate(document);
  }
}
