package io.tidewatch.schemas.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidewatch.schemas.model.OutOfRange;
import io.tidewatch.schemas.model.TelemetryField;
import io.tidewatch.schemas.model.TelemetryModel;
import io.tidewatch.schemas.model.UnknownFields;
import io.tidewatch.schemas.model.WindowSpec;
import io.tidewatch.schemas.scale.FeatureStatistics;
import io.tidewatch.schemas.scale.Scaler;
import io.tidewatch.schemas.scale.Scaling;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DatasetStatisticsTest {
  private static final Instant START = Instant.parse("2026-11-01T00:00:00Z");
  private static final TelemetryModel MODEL =
      new TelemetryModel(
          "host",
          "for tests",
          List.of(new TelemetryField("cpu", "%", 0, 100)),
          UnknownFields.REJECT,
          OutOfRange.MISSING,
          new WindowSpec(Duration.ofMinutes(1), Duration.ofMinutes(1)));
  private static final DatasetRows ROWS = new DatasetRows(10, 0, 2, 1, 0);
  private static final FeatureColumn FEATURE =
      new FeatureColumn("cpu_mean", missing(3), missing(2), missing(1));
  private static final Map<Part, ClassCounts> CLASSES =
      Map.of(Part.TRAIN, classes(2), Part.VALIDATION, classes(1));
  private static final Correlation ONE =
      new Correlation(new long[][] {{0}}, new double[][] {{Double.NaN}});

  @Test
  void holdsTheStatisticsOfEachFeatureAgainstTheRows() {
    assertThat(statistics(FEATURE, CLASSES, null, ONE).features()).containsExactly(FEATURE);
    assertRefused(
        () ->
            statistics(
                new FeatureColumn("cpu_mean", missing(4), missing(2), missing(1)),
                CLASSES,
                null,
                ONE),
        "cpu_mean: must be of 3 rows, was of 4");
    assertRefused(
        () ->
            statistics(
                new FeatureColumn("cpu_mean", missing(3), missing(1), missing(2)),
                CLASSES,
                null,
                ONE),
        "cpu_mean of train: must be of 2 rows, was of 1");
  }

  @Test
  void holdsTheClassesOfEachPartAgainstItsRows() {
    assertRefused(
        () -> statistics(FEATURE, Map.of(Part.TRAIN, classes(2)), null, ONE),
        "classes of validation: must be of 1 rows, was of 0");
    assertRefused(
        () ->
            statistics(
                FEATURE, Map.of(Part.TRAIN, classes(3), Part.VALIDATION, classes(0)), null, ONE),
        "classes of train: must be of 2 rows, was of 3");
  }

  @Test
  void holdsTheCorrelationAgainstTheFeatures() {
    assertRefused(
        () -> statistics(FEATURE, CLASSES, null, new Correlation(new long[2][2], new double[2][2])),
        "correlation: must be of 1 features, was of 2");
  }

  @Test
  void takesTheScalerOfItsModelOnly() {
    assertThat(statistics(FEATURE, CLASSES, scaler("host"), ONE).scaler())
        .isEqualTo(scaler("host"));
    assertRefused(
        () -> statistics(FEATURE, CLASSES, scaler("welding"), ONE),
        "scaler.model: must be host, was welding");
  }

  @Test
  void hasFeatures() {
    assertRefused(
        () ->
            new DatasetStatistics(
                origin("web-1", START.plusSeconds(1)),
                MODEL,
                null,
                split(0.2),
                ROWS,
                CLASSES,
                null,
                List.of(),
                ONE),
        "features: must name at least one feature, was empty");
  }

  @Test
  void keepsWhatItWasGiven() {
    Map<Part, ClassCounts> classes = new HashMap<>(CLASSES);
    DatasetStatistics statistics = statistics(FEATURE, classes, null, ONE);
    classes.put(Part.TRAIN, classes(7));
    assertThat(statistics.classes(Part.TRAIN)).isEqualTo(classes(2));
    assertThat(statistics(FEATURE, CLASSES, null, ONE)).isEqualTo(statistics);
  }

  @Test
  void aPartWithoutRowsNeedsNoClasses() {
    DatasetStatistics trainOnly =
        new DatasetStatistics(
            origin("web-1", START.plusSeconds(1)),
            MODEL,
            null,
            split(0.2),
            new DatasetRows(10, 0, 2, 0, 1),
            Map.of(Part.TRAIN, classes(2)),
            null,
            List.of(new FeatureColumn("cpu_mean", missing(2), missing(2), missing(0))),
            ONE);
    assertThat(trainOnly.classes(Part.VALIDATION).rows()).isZero();
  }

  @Test
  void saysWhereFromOverATimeThatIsNotEmpty() {
    assertRefused(
        () -> origin("web-1", START),
        "to: must be after from (2026-11-01T00:00:00Z), was 2026-11-01T00:00:00Z");
    assertRefused(
        () -> origin(null, START.plusSeconds(1)),
        "devices: must name at least one device, was empty");
    assertRefused(
        () ->
            new DatasetOrigin(
                "1", START, null, START, START.plusSeconds(1), List.of("d"), List.of()),
        "sources: must name at least one source, was empty");
    assertRefused(
        () -> new DatasetSource.KafkaRange("t", 0, 5, 4),
        "to_offset: must be ≥ from_offset ≥ 0, was 4 of 5");
    assertRefused(() -> new DatasetSource.File("a.csv", "csv", -1), "bytes: must be ≥ 0, was -1");
  }

  @Test
  void splitsByAShareAndNeverBackwards() {
    assertRefused(() -> split(0), "val_split: must be > 0 and < 1, was 0.0");
    assertRefused(
        () -> new SplitSettings.Random(1, 42, By.WINDOW),
        "val_split: must be > 0 and < 1, was 1.0");
    assertRefused(
        () -> new SplitSettings.ByTime(0.2, START, Duration.ofSeconds(-1)),
        "embargo: must be ≥ PT0S, was PT-1S");
  }

  @Test
  void countsNothingBelowZero() {
    assertRefused(
        () -> new DatasetRows(1, 0, 1, 0, -1),
        "rows: must be ≥ 0, were records 1, rejected 0, train 1, validation 0, embargo -1");
    assertRefused(
        () -> new ClassCounts(new TreeMap<>(Map.of("1", 0L)), 0),
        "counts: must be ≥ 1, was 0 of label '1'");
    assertRefused(() -> classes(-1), "unlabelled: must be ≥ 0, was -1");
    assertRefused(() -> missing(-1), "count and missing: must be ≥ 0, were 0 and -1");
    assertRefused(
        () -> ColumnSummary.withoutValues(1, Map.of(1.5, Double.NaN)),
        "quantiles: must be of 0 to 1, were [1.5]");
  }

  @Test
  void tellsTheShareOfMissingValues() {
    assertThat(missing(3).missingRatio()).isEqualTo(1);
    assertThat(missing(0).missingRatio()).isNaN();
    assertThat(new ColumnSummary(3, 1, 0, 0, 0, 0, new TreeMap<>()).missingRatio()).isEqualTo(0.25);
  }

  @Test
  void correlationsAreSquareAndEqualByValue() {
    assertThat(ONE)
        .isEqualTo(new Correlation(new long[][] {{0}}, new double[][] {{Double.NaN}}))
        .hasSameHashCodeAs(new Correlation(new long[][] {{0}}, new double[][] {{Double.NaN}}))
        .isNotEqualTo(new Correlation(new long[][] {{1}}, new double[][] {{Double.NaN}}))
        .isNotEqualTo(new Correlation(new long[][] {{0}}, new double[][] {{1}}))
        .hasToString("Correlation[of 1 features]");
    assertRefused(
        () -> new Correlation(new long[2][2], new double[][] {{1, 0}, {1}}),
        "coefficients: must be 2 rows of as many values, had a row of 1");
    assertRefused(
        () -> new Correlation(new long[2][2], new double[1][1]),
        "coefficients: must be of 2 features as pairs are, were of 1");
  }

  @Test
  void partsHaveTheFoldersThatReadersKnow() {
    assertThat(Part.TRAIN.directory()).isEqualTo("train");
    assertThat(Part.VALIDATION.directory()).isEqualTo("validation");
  }

  private static void assertRefused(ThrowingCallable made, String message) {
    assertThatThrownBy(made).isInstanceOf(IllegalArgumentException.class).hasMessage(message);
  }

  private static DatasetStatistics statistics(
      FeatureColumn feature,
      Map<Part, ClassCounts> classes,
      @Nullable Scaler scaler,
      Correlation correlation) {
    return new DatasetStatistics(
        origin("web-1", START.plusSeconds(1)),
        MODEL,
        null,
        split(0.2),
        ROWS,
        classes,
        scaler,
        List.of(feature),
        correlation);
  }

  private static SplitSettings split(double valSplit) {
    return new SplitSettings.ByTime(valSplit, START, Duration.ZERO);
  }

  private static DatasetOrigin origin(@Nullable String device, Instant to) {
    return new DatasetOrigin(
        "1",
        START,
        null,
        START,
        to,
        device == null ? List.of() : List.of(device),
        List.of(new DatasetSource.File("a.csv", "csv", 1)));
  }

  private static Scaler scaler(String model) {
    return new Scaler(
        model, "1", new Scaling.ZScore(), Map.of("cpu_mean", FeatureStatistics.NEVER_SEEN));
  }

  private static ClassCounts classes(long unlabelled) {
    return new ClassCounts(new TreeMap<>(), unlabelled);
  }

  private static ColumnSummary missing(long rows) {
    return ColumnSummary.withoutValues(rows, Map.of(0.5, Double.NaN));
  }
}
