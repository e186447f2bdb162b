package io.tidewatch.schemas.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SpecVersion.VersionFlag;
import io.tidewatch.schemas.dataset.ColumnSummary;
import io.tidewatch.schemas.dataset.Correlation;
import io.tidewatch.schemas.dataset.DatasetStatistics;
import io.tidewatch.schemas.dataset.FeatureColumn;
import io.tidewatch.schemas.dataset.FeatureMatrix;
import io.tidewatch.schemas.dataset.FeatureMetadata;
import io.tidewatch.schemas.dataset.FeatureSummary;
import io.tidewatch.schemas.dataset.LabelledVector;
import io.tidewatch.schemas.derived.FeatureVector;
import io.tidewatch.schemas.model.PointWindowSpec;
import io.tidewatch.schemas.model.TelemetryModel;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code tidewatch features} answers, beside what a data set says of itself. */
class FeatureAnswersTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long START_MS = Instant.parse("2026-11-01T00:00:00Z").toEpochMilli();
  private static final List<String> NAMES = List.of("cpu_percent_mean", "cpu_percent_std");

  @Test
  void theMatrixIsTheExampleOfItsSchema() throws IOException {
    assertThat(JSON.readTree(matrix())).isEqualTo(schema("feature-matrix").get("examples").get(0));
  }

  @Test
  void theSummaryIsTheExampleOfItsSchema() throws IOException {
    assertThat(JSON.readTree(summary()))
        .isEqualTo(schema("feature-summary").get("examples").get(0));
  }

  @Test
  void bothSayWhatTheirSchemasSay() throws IOException {
    assertThat(violations("feature-matrix", matrix())).isEmpty();
    assertThat(violations("feature-summary", summary())).isEmpty();
    assertThat(names(schema("feature-matrix").get("properties")))
        .isEqualTo(names(JSON.readTree(matrix())));
    assertThat(names(schema("feature-summary").get("properties")))
        .isEqualTo(names(JSON.readTree(summary())));
  }

  @Test
  void whatBothAndADataSetSayHasTheSameNamesAndValues() throws IOException {
    JsonNode dataset =
        JSON.readTree(new DatasetStatisticsEncoder().encode(DatasetSamples.byTime()));
    JsonNode metadata = JSON.readTree(matrix()).get("metadata");
    assertThat(metadata).isEqualTo(JSON.readTree(summary()).get("metadata"));
    metadata
        .properties()
        .forEach(
            member -> {
              if (!Set.of("overlap", "rows").contains(member.getKey())) {
                assertThat(member.getValue()).isEqualTo(dataset.get(member.getKey()));
              }
            });
    assertThat(JSON.readTree(summary()).at("/features/1/all"))
        .isEqualTo(dataset.at("/features/1/all"));
    assertThat(JSON.readTree(summary()).get("correlation")).isEqualTo(dataset.get("correlation"));
  }

  @Test
  void withoutALabelLabelsAreNull() throws IOException {
    FeatureMatrix unlabelled =
        new FeatureMatrix(metadata(DatasetSamples.atRandom(), 1), NAMES, rows().subList(0, 1));
    JsonNode document = JSON.readTree(new FeatureMatrixEncoder().encode(unlabelled));

    assertThat(document.get("labels").isNull()).isTrue();
    assertThat(document.at("/metadata/label").isNull()).isTrue();
    assertThat(document.at("/metadata/window/by").textValue()).isEqualTo("points");
    assertThat(document.at("/metadata/overlap").doubleValue()).isEqualTo(0.5);
    assertThat(violations("feature-matrix", document.toString())).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"10, 0.4", "10, 0", "100, 0.99", "7, 0"})
  void theOverlapOfWindowsByPointsIsThatOfTheConfiguration(int size, double overlap) {
    TelemetryModel model =
        DatasetSamples.model(PointWindowSpec.overlapping(size, overlap, Duration.ofDays(1)));
    DatasetStatistics like = DatasetSamples.atRandom();

    assertThat(new FeatureMetadata(like.origin(), model, null, 1, 0, 1).overlap())
        .isEqualTo(overlap);
  }

  @Test
  void valuesComeBackBitForBitAndWhatIsNotFiniteIsNull() throws IOException {
    double value = Math.nextUp(0.1);
    FeatureMatrix matrix =
        new FeatureMatrix(
            metadata(DatasetSamples.byTime(), 1),
            List.of("a", "b", "c"),
            List.of(row(0, null, value, Double.NaN, Double.NEGATIVE_INFINITY)));
    JsonNode row = JSON.readTree(new FeatureMatrixEncoder().encode(matrix)).at("/features/0");

    assertThat(row.get(0).doubleValue()).isEqualTo(value);
    assertThat(row.get(1).isNull()).isTrue();
    assertThat(row.get(2).isNull()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "`[4.0,null]`|`[4.0,\"NaN\"]`",
        "`\"timestamps\":[\"`|`\"timestamps\":[7,\"`",
        "`\"labels\":[\"0\"`|`\"labels\":[\"\"`",
        "`\"overlap\":0.5`|`\"overlap\":1.0`",
        "`\"windows\":3`|`\"windows\":0`",
        "`\"code_version\":\"0.1.0\",`|``"
      })
  void theSchemaRefusesOtherMatrices(String good, @Nullable String bad) throws IOException {
    String changed = matrix().replace(good, bad == null ? "" : bad);
    assertThat(changed).isNotEqualTo(matrix());
    assertThat(violations("feature-matrix", changed)).as(changed).isNotEmpty();
  }

  @Test
  void rowsOfAnotherLengthOrCountAreRefused() {
    FeatureMetadata three = metadata(DatasetSamples.byTime(), 3);
    assertThatThrownBy(() -> new FeatureMatrix(three, List.of("a"), rows()))
        .hasMessage("features: must have a value each of 1 names, had 2");
    assertThatThrownBy(() -> new FeatureMatrix(three, NAMES, rows().subList(0, 2)))
        .hasMessage("features: must be of 3 windows, were of 2");
    assertThatThrownBy(() -> new FeatureMatrix(three, List.of(), rows()))
        .hasMessage("feature_names: must name a feature, was empty");
    assertThatThrownBy(() -> metadata(DatasetSamples.byTime(), 0))
        .hasMessageStartingWith("rows: must be ≥ 0 records and rejected and ≥ 1 windows");
  }

  @Test
  void statisticsOfOtherRowsAreRefused() {
    assertThatThrownBy(() -> summaryOf(4, DatasetSamples.CORRELATION))
        .hasMessage("cpu_percent_mean: must be of 4 windows, was of 3");
    assertThatThrownBy(
            () -> summaryOf(3, new Correlation(new long[][] {{3}}, new double[][] {{1}})))
        .hasMessage("correlation: must be of 2 features, was of 1");
    assertThatThrownBy(
            () ->
                new FeatureSummary(
                    metadata(DatasetSamples.byTime(), 3),
                    DatasetSamples.classes(Map.of("0", 3L), 0),
                    Map.of(),
                    DatasetSamples.CORRELATION))
        .hasMessage("features: must name at least one feature, was empty");
  }

  private static String matrix() {
    return new String(
        new FeatureMatrixEncoder()
            .encode(new FeatureMatrix(metadata(DatasetSamples.byTime(), 3), NAMES, rows())),
        UTF_8);
  }

  private static String summary() {
    return new String(
        new FeatureSummaryEncoder().encode(summaryOf(3, DatasetSamples.CORRELATION)), UTF_8);
  }

  private static FeatureSummary summaryOf(long windows, Correlation correlation) {
    Map<String, ColumnSummary> features = new LinkedHashMap<>();
    for (FeatureColumn feature : DatasetSamples.FEATURES) {
      features.put(feature.name(), feature.all());
    }
    return new FeatureSummary(
        metadata(DatasetSamples.byTime(), windows),
        DatasetSamples.classes(Map.of("0", 1L, "1", 1L), 1),
        features,
        correlation);
  }

  private static FeatureMetadata metadata(DatasetStatistics like, long windows) {
    return new FeatureMetadata(
        like.origin(),
        like.model(),
        like.label(),
        like.rows().records(),
        like.rows().rejected(),
        windows);
  }

  private static List<LabelledVector> rows() {
    return List.of(
        row(0, "0", 1, 0.5), row(30, "1", 4, Double.NaN), row(60, null, 2.5, Double.NaN));
  }

  private static LabelledVector row(int second, @Nullable String label, double... features) {
    long startMs = START_MS + second * 1000L;
    return new LabelledVector(
        new FeatureVector("host", "web-1", startMs, startMs + 60_000, 60, features),
        startMs + 60_000,
        label);
  }

  private static Set<String> names(JsonNode object) {
    Set<String> names = new TreeSet<>();
    object.properties().forEach(member -> names.add(member.getKey()));
    return names;
  }

  /** The schemas name that of data sets by its published address; all are resources. */
  private static Set<?> violations(String name, String document) throws IOException {
    return JsonSchemaFactory.getInstance(
            VersionFlag.V202012,
            factory ->
                factory.schemaMappers(
                    mappers ->
                        mappers.mapPrefix("https://tidewatch.io/schemas/", "classpath:json/")))
        .getSchema(SchemaLocation.of("https://tidewatch.io/schemas/" + name + ".v1.schema.json"))
        .validate(JSON.readTree(document));
  }

  private static JsonNode schema(String name) throws IOException {
    try (var in =
        FeatureAnswersTest.class.getResourceAsStream("/json/" + name + ".v1.schema.json")) {
      return JSON.readTree(in);
    }
  }
}
