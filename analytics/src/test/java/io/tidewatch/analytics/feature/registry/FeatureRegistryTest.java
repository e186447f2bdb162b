package io.tidewatch.analytics.feature.registry;

import static java.lang.Double.NaN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.tidewatch.schemas.model.Cleaning;
import io.tidewatch.schemas.model.TelemetryModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FeatureRegistryTest {

  /** Values a second apart, worked out by hand from the definitions. */
  @ParameterizedTest
  @CsvSource({
    // feature, no value, one value (8), 4 2 2 -1 0 3
    "mean, NaN, 8, 1.6666666666666667",
    "std, NaN, NaN, 1.8618986725025255",
    "min, NaN, 8, -1",
    "max, NaN, 8, 4",
    "count, 0, 1, 6",
    "range, NaN, 0, 5",
    "rms, NaN, 8, 2.3804761428476167",
    "median, NaN, 8, 2",
    "first, NaN, 8, 4",
    "last, NaN, 8, 3",
    "slope_per_second, NaN, NaN, -0.4",
    "first_difference, NaN, NaN, 3",
    "ratio_to_previous, NaN, NaN, NaN",
    "rate_of_change, NaN, NaN, -0.2",
    "moving_average_5, NaN, NaN, 1.2",
    "moving_average_15, NaN, NaN, NaN",
    "volatility_10, NaN, NaN, NaN",
    "skewness, NaN, NaN, -0.3924860367331506",
    "kurtosis, NaN, NaN, -0.9430473372781059",
    "zero_crossings, NaN, 0, 2",
    "mean_absolute_change, NaN, NaN, 1.8",
    "p25, NaN, 8, 0.5",
    "p99, NaN, 8, 3.95"
  })
  void isWhatItsDefinitionSays(String feature, double ofNone, double ofOne, double ofSix) {
    assertThat(of(feature)).isEqualTo(Double.valueOf(ofNone));
    assertThat(of(feature, 8)).isEqualTo(Double.valueOf(ofOne));
    double actual = of(feature, 4, 2, 2, -1, 0, 3);
    if (Double.isNaN(ofSix)) {
      assertThat(actual).isNaN();
    } else {
      assertThat(actual).isCloseTo(ofSix, within(1e-12));
    }
  }

  @Test
  void theRatioToThePreviousValueNeedsOneThatIsNotZero() {
    assertThat(of("ratio_to_previous", 0, 4, -6)).isEqualTo(-1.5);
    assertThat(of("ratio_to_previous", 4, 0)).isZero();
  }

  @Test
  void volatilityIsThatOfTheLastTenDifferences() {
    double[] steps = new double[12];
    for (int i = 1; i < steps.length; i++) {
      steps[i] = steps[i - 1] + (i == 1 ? 1000 : i % 2 == 0 ? 1 : 3);
    }
    // five differences of 1 and five of 3; the jump of 1000 is the eleventh from the end
    assertThat(of("volatility_10", steps)).isCloseTo(Math.sqrt(10 / 9.0), within(1e-12));
  }

  @Test
  void ofEqualValuesShapeIsNotDefinedAndSpreadIsZero() {
    double[] equal = new double[20];
    Arrays.fill(equal, 0.1);
    assertThat(of("skewness", equal)).isNaN();
    assertThat(of("kurtosis", equal)).isNaN();
    for (String zero :
        List.of("std", "range", "volatility_10", "slope_per_second", "rate_of_change")) {
      assertThat(of(zero, equal)).as(zero).isCloseTo(0, within(1e-15));
    }
    assertThat(of("moving_average_15", equal)).isCloseTo(0.1, within(1e-15));
  }

  @Test
  void zerosNeitherCrossNorHideACrossing() {
    assertThat(of("zero_crossings", 1, 0, 1)).isZero();
    assertThat(of("zero_crossings", 1, 0, -0.0, -1, 2)).isEqualTo(2);
    assertThat(of("zero_crossings", 0, 0)).isZero();
  }

  @Test
  void whatDividesByTimeIsNotDefinedWithinOneMillisecond() {
    PointColumn column = new PointColumn();
    column.fill(Cleaning.NONE, new long[] {7, 7}, new double[] {1, 2}, 1, 0, 2);
    for (String feature : List.of("slope_per_second", "rate_of_change")) {
      assertThat(((PointFeature) FeatureRegistry.get(feature)).of(column)).isNaN();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "2024-03-31T00:59:59.999Z, Europe/Berlin, 1, 7",
    "2024-03-31T01:00:00Z, Europe/Berlin, 1, 7",
    "2024-03-31T01:00:00.001Z, Europe/Berlin, 3, 7",
    "2024-04-01T00:00:00Z, UTC, 23, 7",
    "2024-04-01T00:00:00.001Z, UTC, 0, 1"
  })
  void tellsTheTimeOfTheLastMillisecondInTheZoneOfTheModel(
      Instant end, String zone, double hour, double day) {
    long endMs = end.toEpochMilli();
    assertThat(((RowFeature) FeatureRegistry.get("hour_of_day")).of(endMs, ZoneId.of(zone)))
        .isEqualTo(hour);
    assertThat(((RowFeature) FeatureRegistry.get("day_of_week")).of(endMs, ZoneId.of(zone)))
        .isEqualTo(day);
  }

  @Test
  void noNameEndsAsAnotherAfterAnUnderscore() {
    List<String> names = all().map(Feature::name).toList();
    assertThat(names).doesNotHaveDuplicates();
    for (String name : names) {
      assertThat(names).noneMatch(other -> other.endsWith("_" + name));
    }
  }

  @Test
  void unitsFollowThatOfTheField() {
    assertThat(all().filter(feature -> feature.unit("A").equals("A/s")).map(Feature::name))
        .containsExactly("slope_per_second", "rate_of_change");
    assertThat(all().filter(feature -> feature.unit("A").equals("1")).map(Feature::name))
        .containsExactly(
            "count",
            "ratio_to_previous",
            "skewness",
            "kurtosis",
            "zero_crossings",
            "missing_ratio",
            "imputed_ratio",
            "outlier_ratio");
    assertThat(FeatureRegistry.get("p90").unit("Cel")).isEqualTo("Cel");
  }

  @Test
  void namesWhatThereIsWhenAskedForWhatThereIsNot() {
    assertThatThrownBy(() -> FeatureRegistry.get("p100"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("features: must be of [mean, std, min, max, count, range, rms, ")
        .hasMessageEndingWith("] and p1 to p99, was 'p100'");
    assertThatThrownBy(() -> new Quantile(0)).hasMessage("percent: must be 1 to 99, was 0");
    assertThatThrownBy(() -> new MovingAverage(0)).hasMessage("points: must be 1 to 1000, was 0");
    assertThatThrownBy(() -> new Volatility(1)).hasMessage("points: must be 2 to 1000, was 1");
  }

  /** Each line of the table in docs/features.md, in the order of the registry. */
  @Test
  void thePageOfFeaturesHasThemAll() throws IOException {
    List<String> wanted = new ArrayList<>();
    for (Feature feature : all().filter(one -> !(one instanceof Quantile)).toList()) {
      wanted.add(line("`" + feature.name() + "`", feature, feature.definition()));
    }
    Feature quantile = FeatureRegistry.get("p1");
    wanted.add(
        line(
            "`p1` to `p99`",
            quantile,
            quantile.definition().replace("of 1 %", "of so many percent")));
    List<String> lines =
        Files.readAllLines(Path.of("../docs/features.md")).stream()
            .takeWhile(line -> !line.equals("## Cleaning"))
            .filter(line -> line.startsWith("| `"))
            .toList();
    assertThat(lines).containsExactlyElementsOf(wanted);
  }

  private static String line(String name, Feature feature, String definition) {
    String held =
        feature instanceof PointFeature ? "points" : feature instanceof RowFeature ? "–" : "sums";
    boolean always = FeatureRegistry.ALWAYS.contains(feature);
    boolean usual = TelemetryModel.DEFAULT_FEATURES.contains(feature.name());
    return "| %s | %s | %s | %s | %s |"
        .formatted(
            name,
            definition,
            feature.unit("*unit*"),
            held,
            always ? "always" : usual ? "default" : "");
  }

  private static Stream<Feature> all() {
    return Stream.concat(FeatureRegistry.choices().stream(), FeatureRegistry.ALWAYS.stream());
  }

  private static double of(String name, double... values) {
    PointColumn column = new PointColumn();
    // A missing value at either end, so that there is a record where there is no value.
    double[] rows = new double[values.length + 2];
    long[] timesMs = new long[rows.length];
    Arrays.setAll(timesMs, i -> 1_700_000_000_000L + 1_000L * i);
    System.arraycopy(values, 0, rows, 1, values.length);
    rows[0] = NaN;
    rows[rows.length - 1] = NaN;
    column.fill(Cleaning.NONE, timesMs, rows, 1, 0, rows.length);
    Feature feature = FeatureRegistry.get(name);
    return feature instanceof SummaryFeature summary
        ? summary.of(column)
        : ((PointFeature) feature).of(column);
  }
}
