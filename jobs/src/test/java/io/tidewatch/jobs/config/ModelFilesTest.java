package io.tidewatch.jobs.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.schemas.model.Cleaning;
import io.tidewatch.schemas.model.MissingValues;
import io.tidewatch.schemas.model.OutOfRange;
import io.tidewatch.schemas.model.OutlierAction;
import io.tidewatch.schemas.model.OutlierMethod;
import io.tidewatch.schemas.model.OutlierRule;
import io.tidewatch.schemas.model.PointWindowSpec;
import io.tidewatch.schemas.model.TelemetryModel;
import io.tidewatch.schemas.model.UnknownFields;
import io.tidewatch.schemas.model.WindowSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
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
        "100 points, overlap: 0.5 | 50 | PT24H",
        "100 points, overlap: 0 | 100 | PT24H",
        "100 points, overlap: 0.9, forget_after: 1h | 10 | PT1H",
        "100 points, overlap: 0.29 | 71 | PT24H",
        "1 point, overlap: 0 | 1 | PT24H",
        "'7 points, overlap: \"0.0\", forget_after: ' | 7 | PT24H",
      })
  void readsAWindowByPoints(String written, int slide, Duration forgetAfter) {
    folder.file("pump.yaml", PUMP.replace("1m, slide: 10s", written));
    int size = Integer.parseInt(written.substring(0, written.indexOf(' ')));
    assertThat(ModelFiles.load(folder.loader(), temporary).get("pump").window())
        .isEqualTo(new PointWindowSpec(size, slide, forgetAfter));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "slide: 10s | slide: 5m | : window.slide: must be ≤ size (PT1M), was PT5M",
        "'{size: 1m, slide: 10s}' | 5 | : window: must be a mapping, was one value",
        "'{size: 1m, slide: 10s}' | '{slide: 10s}' | : window.size: must be given, was missing",
        "size: 1m | size: 100 | : window.size: must be a duration such as PT1M or a number of points such as \"100 points\", was '100'",
        "size: 1m | 'size: -5 points' | : window.size: must be a duration such as PT1M or a number of points such as \"100 points\", was '-5 points'",
        "size: 1m | 'size: 9999999999 points' | : window.size: must be a duration such as PT1M or a number of points such as \"100 points\", was '9999999999 points'",
        "slide: 10s | slide: ten | ': window.slide: must be a duration such as PT30S or 30s, at most PT876000H, was ''ten'''",
        "', slide: 10s' | '' | : window.slide: must be given, was missing",
        "slide: 10s | 'slide: 10s, overlap: 0.5' | ': window.overlap: must not be given with a duration as size, write slide, such as PT5S, was 0.5'",
        "slide: 10s | 'slide: 10s, forget_after: 1d' | ': window.forget_after: must not be given with a duration as size, was PT24H'",
        "slide: 10s | 'slide: 10s, step: 1' | ': window.step: unknown key; known here: forget_after, overlap, size, slide'",
        "size: 1m | size: 100 points | ': window.slide: must not be given with a size in points, write overlap, such as 0.5, was PT10S'",
        "'1m, slide: 10s' | 100 points | ': window.overlap: must be given with a size in points, such as 0.5, was missing'",
        "'1m, slide: 10s' | '100 points, overlap: half' | ': window.overlap: must be a number, was ''half'''",
        "'1m, slide: 10s' | '100 points, overlap: 1' | ': window.overlap: must be ≥ 0 and < 1, was 1.0'",
        "'1m, slide: 10s' | '100 points, overlap: -0.5' | ': window.overlap: must be ≥ 0 and < 1, was -0.5'",
        "'1m, slide: 10s' | '100 points, overlap: NaN' | ': window.overlap: must be ≥ 0 and < 1, was NaN'",
        "'1m, slide: 10s' | '100 points, overlap: 0.333' | ': window.overlap: must make the slide, size × (1 − overlap), a whole number of points, was 0.333 of 100 points'",
        "'1m, slide: 10s' | '0 points, overlap: 0' | ': window.size: must be ≥ 1 points, was 0'",
        "'1m, slide: 10s' | '9 points, overlap: 0, forget_after: 0s' | ': window.forget_after: must be ≥ PT0.001S, was PT0S'",
        "[0, 100] | [100, 0] | : fields.flow.valid_range: min must be ≤ max, was [100.0, 0.0]",
        "[0, 100] | [0] | : fields.flow.valid_range: must be [min, max], was [0.0]",
        "[0, 100] | 5 | : fields[0].valid_range: must be a list, was one value",
        "[0, 100] | [0, x] | : fields[0].valid_range[1]: must be a number, was 'x'",
        "unit: l/s | 'unit: l/s, size: 1' | : fields[0].size: unknown key; known here: cleaning, name, unit, valid_range",
        "'unit: l/s, ' | '' | : fields[0].unit: must be given, was missing",
        "name: heat | name: flow | : fields: must be unique, was twice flow",
        "name: flow | name: Flow | : fields.Flow.name: must be lower case letters, digits and _, at most 63, was 'Flow'",
        "name: pump | name: pomp | : name: must equal the file's name, was 'pomp'",
        "reject | maybe | : unknown_fields: must be one of reject, ignore, was 'maybe'",
        "'- {name: flow, unit: l/s, valid_range: [0, 100]}' | '- ' | : fields[0]: must be given, was missing",
        "name: pump | 'name: pump\nfeatures: []' | ': features: must name at least one feature, was empty'",
        "name: pump | 'name: pump\nfeatures: [mean, mean]' | ': features: must be unique, was twice mean'",
        "name: pump | 'name: pump\nfeatures: mean' | ': features: must be a list, was one value'",
        "name: pump | 'name: pump\nfeatures: [hour_of_day]' | ': time_zone: must be given with feature hour_of_day, such as Europe/Berlin, was missing'",
        "name: pump | 'name: pump\ntime_zone: CEST' | ': time_zone: must be a name of the IANA time zone database, such as Europe/Berlin, was ''CEST'''",
        "name: pump | 'name: pump\ncleaning: {missing: guess}' | ': cleaning.missing: must be one of drop, forward_fill, backward_fill, interpolate, mean, median, was ''guess'''",
        "name: pump | 'name: pump\ncleaning: {outliers: {threshold: 2}}' | ': cleaning.outliers.method: must be given, was missing'",
        "name: pump | 'name: pump\ncleaning: {outliers: {method: iqr, threshold: -1}}' | ': cleaning.outliers.threshold: must be ≥ 0 and finite with method iqr, was -1.0'",
        "name: pump | 'name: pump\ncleaning: {outliers: {method: z_score, threshold: 0}}' | ': cleaning.outliers.threshold: must be > 0 and finite with method z_score, was 0.0'",
        "name: pump | 'name: pump\ncleaning: {outliers: {method: iqr, action: drop}}' | ': cleaning.outliers.action: must be one of mark, clip, remove, was ''drop'''",
        "'unit: l/s' | 'unit: l/s, cleaning: {outliers: {method: clip, threshold: 0.5}}' | ': fields.flow.cleaning.outliers.threshold: must be > 0 and < 0.5 with method clip, was 0.5'",
        "'unit: l/s' | 'unit: l/s, cleaning: {outlier: none}' | ': fields[0].cleaning.outlier: unknown key; known here: missing, outliers'",
      })
  void namesFileKeyRuleAndValue(String from, String to, String error) {
    assertThat(PUMP).contains(from);
    folder.file("pump.yaml", PUMP.replace(from, to));
    assertThat(folder.error("pump.yaml", () -> ModelFiles.load(folder.loader(), temporary)))
        .isEqualTo(error);
  }

  @Test
  void cleansNothingAndHasTheDefaultFeaturesUnlessToldSo() {
    folder.file("pump.yaml", PUMP);
    TelemetryModel model = ModelFiles.load(folder.loader(), temporary).get("pump");
    assertThat(model.cleaning()).hasSize(3).containsOnly(Cleaning.NONE);
    assertThat(model.features()).containsExactly("mean", "std", "min", "max", "count");
  }

  @Test
  void readsCleaningOfTheModelAndWhatAFieldHasInstead() {
    folder.file(
        "pump.yaml",
        PUMP.replace("[0, 100]", "[0, 100], cleaning: {missing: mean}")
                .replace("90.5]", "90.5], cleaning: {outliers: {method: clip}}")
            + """
            cleaning: {missing: forward_fill, outliers: {method: z_score, threshold: 4, action: remove}}
            features: [p99, mean, hour_of_day]
            time_zone: Europe/Berlin
            """);
    TelemetryModel model = ModelFiles.load(folder.loader(), temporary).get("pump");
    OutlierRule far = new OutlierRule(OutlierMethod.Z_SCORE, 4, OutlierAction.REMOVE);
    assertThat(model.cleaning())
        .containsExactly(
            new Cleaning(MissingValues.MEAN, far),
            new Cleaning(
                MissingValues.FORWARD_FILL,
                new OutlierRule(OutlierMethod.CLIP, 0.01, OutlierAction.CLIP)),
            new Cleaning(MissingValues.FORWARD_FILL, far));
    assertThat(model.features()).containsExactly("p99", "mean", "hour_of_day");
    assertThat(model.timeZone()).isEqualTo(ZoneId.of("Europe/Berlin"));
  }

  @Test
  void namesTheFeaturesThereAre() {
    folder.file("pump.yaml", PUMP + "features: [mean, p999]\n");
    assertThat(folder.error("pump.yaml", () -> ModelFiles.load(folder.loader(), temporary)))
        .startsWith(": features: must be of [mean, std, min, ")
        .endsWith("day_of_week] and p1 to p99, was 'p999'");
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
