package io.tidewatch.analytics.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tidewatch.analytics.feature.registry.Feature;
import io.tidewatch.analytics.feature.registry.FeatureRegistry;
import io.tidewatch.analytics.feature.registry.RowFeature;
import io.tidewatch.analytics.window.Panes;
import io.tidewatch.analytics.window.PointSeries;
import io.tidewatch.analytics.window.PointWindows;
import io.tidewatch.analytics.window.SlidingWindows;
import io.tidewatch.schemas.derived.FeatureVector;
import io.tidewatch.schemas.event.DeviceTelemetry;
import io.tidewatch.schemas.model.Cleaning;
import io.tidewatch.schemas.model.MissingValues;
import io.tidewatch.schemas.model.ModelWindow;
import io.tidewatch.schemas.model.OutOfRange;
import io.tidewatch.schemas.model.OutlierAction;
import io.tidewatch.schemas.model.OutlierMethod;
import io.tidewatch.schemas.model.OutlierRule;
import io.tidewatch.schemas.model.PointWindowSpec;
import io.tidewatch.schemas.model.TelemetryField;
import io.tidewatch.schemas.model.TelemetryModel;
import io.tidewatch.schemas.model.TelemetryModels;
import io.tidewatch.schemas.model.UnknownFields;
import io.tidewatch.schemas.model.WindowSpec;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each way of cleaning, through windows as they run in the stream, against the same window computed
 * naively from a list of its records. Ratios and counts must be equal; the rest to {@link
 * #TOLERANCE}, because the program rounds bounds, quantiles and lines a few times where the
 * reference rounds once. (What is exact without cleaning is held to equality elsewhere.)
 */
class CleaningAgainstReferenceTest {
  /** Of values around 10, and of their powers up to the fourth. */
  private static final double TOLERANCE = 1e-9;

  private static final DeviceKey KEY = new DeviceKey("pump", "p-7");
  private static final List<String> FEATURES =
      FeatureRegistry.choices().stream()
          .filter(feature -> !(feature instanceof RowFeature))
          .map(Feature::name)
          .filter(name -> !name.matches("p\\d+") || name.matches("p1|p25|p50|p99"))
          .toList();

  static Stream<Arguments> cleanings() {
    List<OutlierRule> rules = new ArrayList<>(List.of(OutlierRule.NONE));
    for (OutlierAction action : OutlierAction.values()) {
      rules.add(new OutlierRule(OutlierMethod.IQR, 1.5, action));
      rules.add(new OutlierRule(OutlierMethod.Z_SCORE, 1.7, action));
      rules.add(new OutlierRule(OutlierMethod.CLIP, 0.07, action));
    }
    return Stream.of(MissingValues.values())
        .flatMap(missing -> rules.stream().map(rule -> Arguments.of(new Cleaning(missing, rule))));
  }

  @ParameterizedTest
  @MethodSource("cleanings")
  void windowsByTimeAreThoseOfTheReference(Cleaning cleaning) {
    WindowSpec window = new WindowSpec(Duration.ofSeconds(20), Duration.ofSeconds(5));
    TelemetryModel model = model(window, cleaning);
    FeatureAggregate aggregate = new FeatureAggregate(TelemetryModels.of(List.of(model)));
    for (int seed = 0; seed < 1; seed++) {
      List<DeviceTelemetry> records = stream(new Random(seed), 200);
      SlidingWindows<DeviceKey, DeviceTelemetry, DevicePane, FeatureVector> windows =
          new SlidingWindows<>(aggregate);
      Panes<DevicePane> panes = new Panes<>();
      for (DeviceTelemetry record : records) {
        windows.add(KEY, panes, record, record.eventTimeMs());
      }
      int told = 0;
      for (long endMs = 5_000; endMs <= 140_000; endMs += 5_000) {
        FeatureVector vector = windows.fire(KEY, panes, endMs);
        long startMs = endMs - window.sizeMs();
        long beforeMs = endMs;
        List<DeviceTelemetry> inWindow =
            records.stream()
                .filter(record -> record.eventTimeMs() >= startMs)
                .filter(record -> record.eventTimeMs() < beforeMs)
                .toList();
        if (inWindow.isEmpty()) {
          assertThat(vector).isNull();
        } else {
          told++;
          assertSame(model, vector, inWindow);
        }
        windows.advance(KEY, panes, endMs);
      }
      assertThat(told).isGreaterThan(20);
    }
  }

  @ParameterizedTest
  @MethodSource("cleanings")
  void windowsByPointsAreThoseOfTheReference(Cleaning cleaning) {
    PointWindowSpec window = new PointWindowSpec(30, 20, Duration.ofDays(1));
    TelemetryModel model = model(window, cleaning);
    TelemetryModels models = TelemetryModels.of(List.of(model));
    PointWindows<DeviceKey, DeviceTelemetry, DevicePane, FeatureVector> windows =
        new PointWindows<>(new DevicePoints(models), new FeatureAggregate(models));
    List<DeviceTelemetry> records = stream(new Random(7), 200);
    List<DeviceTelemetry> inOrder = new ArrayList<>(records);
    inOrder.sort(
        Comparator.comparingLong(DeviceTelemetry::eventTimeMs)
            .thenComparing(new DevicePoints(models)::compare));
    PointSeries<DevicePane> series = windows.begin(KEY, null);
    List<FeatureVector> told = new ArrayList<>();
    for (int i = 0; i < inOrder.size(); ) {
      long timeMs = inOrder.get(i).eventTimeMs();
      List<DeviceTelemetry> sameTime = new ArrayList<>();
      for (; i < inOrder.size() && inOrder.get(i).eventTimeMs() == timeMs; i++) {
        sameTime.add(inOrder.get(i));
      }
      Collections.reverse(sameTime);
      told.addAll(windows.add(KEY, series, sameTime, timeMs));
    }
    assertThat(told).hasSize(9);
    for (int k = 0; k < told.size(); k++) {
      assertSame(model, told.get(k), inOrder.subList(k * 20, k * 20 + 30));
    }
  }

  private static void assertSame(
      TelemetryModel model, FeatureVector vector, List<DeviceTelemetry> records) {
    Map<String, Integer> indexes = FeatureNames.indexes(model);
    assertThat(vector.features()).hasSize(indexes.size());
    assertThat(vector.records()).isEqualTo(records.size());
    for (int field = 0; field < 2; field++) {
      String name = model.fields().get(field).name();
      WindowOracle oracle = WindowOracle.of(records, field, model.cleaning().get(field));
      double size = records.size();
      assertThat(vector.features()[indexes.get(name + "_missing_ratio")])
          .isEqualTo(oracle.missing / size);
      assertThat(vector.features()[indexes.get(name + "_outlier_ratio")])
          .isEqualTo(oracle.outliers / size);
      assertThat(vector.features()[indexes.get(name + "_imputed_ratio")])
          .isEqualTo(oracle.imputed / size);
      FeatureFormulas formulas = new FeatureFormulas(oracle.values, oracle.timesMs);
      for (String feature : FEATURES) {
        double expected = formulas.of(feature);
        double actual = vector.features()[indexes.get(name + "_" + feature)];
        if (Double.isNaN(expected)) {
          assertThat(actual).as("%s of %s", feature, vector).isNaN();
        } else {
          assertThat(actual)
              .as("%s of %s", feature, vector)
              .isCloseTo(expected, within(TOLERANCE * Math.max(1, Math.abs(expected))));
        }
      }
    }
  }

  /** Two minutes with pauses, gaps of a field, outliers, repeated records, in disorder. */
  private static List<DeviceTelemetry> stream(Random random, int size) {
    List<DeviceTelemetry> records = new ArrayList<>();
    while (records.size() < size) {
      long timeMs = random.nextInt(1200) * 100L;
      boolean pause = timeMs / 10_000 % 5 == 3;
      if (!pause || random.nextInt(30) == 0) {
        double a = Math.rint(random.nextGaussian() * 40) / 8;
        double b = 10 + random.nextGaussian();
        DeviceTelemetry record =
            new DeviceTelemetry(
                "pump",
                "p-7",
                timeMs,
                new double[] {
                  random.nextInt(12) == 0 ? 30 * a : a, random.nextInt(3) == 0 ? Double.NaN : b
                },
                Map.of(),
                null);
        for (int copies = random.nextInt(20) == 0 ? 2 : 1; copies > 0; copies--) {
          records.add(record);
        }
      }
    }
    Collections.shuffle(records, random);
    return records.subList(0, size);
  }

  private static TelemetryModel model(ModelWindow window, Cleaning cleaning) {
    return new TelemetryModel(
        "pump",
        "",
        List.of(new TelemetryField("a", "A", -1e6, 1e6), new TelemetryField("b", "bar", -1e6, 1e6)),
        UnknownFields.REJECT,
        OutOfRange.MISSING,
        window,
        List.of(cleaning, cleaning),
        FEATURES,
        ZoneOffset.UTC);
  }
}
