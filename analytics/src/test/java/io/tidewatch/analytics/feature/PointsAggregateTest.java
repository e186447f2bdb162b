package io.tidewatch.analytics.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidewatch.analytics.feature.registry.FeatureRegistry;
import io.tidewatch.analytics.window.Panes;
import io.tidewatch.analytics.window.ResultCounter;
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
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Windows that keep their points, where {@link FeatureAggregateTest} has windows of sums. */
class PointsAggregateTest {
  private static final DeviceKey KEY = new DeviceKey("pump", "p-7");
  private static final WindowSpec WINDOW =
      new WindowSpec(Duration.ofSeconds(12), Duration.ofSeconds(1));
  private static final List<String> SUMS =
      List.of("mean", "std", "min", "max", "count", "range", "rms");
  private static final Cleaning CLEANS =
      new Cleaning(
          MissingValues.INTERPOLATE, new OutlierRule(OutlierMethod.IQR, 1, OutlierAction.CLIP));

  @Test
  void whatBothWaysKnowIsTheSameInBothBitForBit() {
    List<String> points = new ArrayList<>(SUMS);
    points.add("last");
    FeatureAggregate ofSums = aggregate(WINDOW, Cleaning.NONE, SUMS);
    FeatureAggregate ofPoints = aggregate(WINDOW, Cleaning.NONE, points);
    assertThat(ofSums.create(KEY)).isInstanceOf(FeaturePane.class);
    assertThat(ofPoints.create(KEY)).isInstanceOf(PointsPane.class);
    for (int seed = 0; seed < 20; seed++) {
      List<DeviceTelemetry> records = records(new Random(seed), 500);
      List<FeatureVector> sums = rows(ofSums, records, Collections.emptyList());
      List<FeatureVector> all = rows(ofPoints, records, Collections.emptyList());
      assertThat(all).hasSameSizeAs(sums);
      for (int row = 0; row < sums.size(); row++) {
        assertThat(without(SUMS.size(), all.get(row).features()))
            .isEqualTo(sums.get(row).features());
      }
    }
  }

  private static double[] without(int at, double[] features) {
    int ofField = SUMS.size() + 1 + FeatureRegistry.ALWAYS.size();
    double[] fewer = new double[features.length - 2];
    for (int i = 0, to = 0; i < features.length; i++) {
      if (i % ofField != at) {
        fewer[to++] = features[i];
      }
    }
    return fewer;
  }

  @Test
  void rowsAreTheSameInAnyOrderCutAndAfterRestarts() {
    List<String> names = new ArrayList<>(SUMS);
    names.addAll(List.of("median", "p99", "skewness", "slope_per_second", "moving_average_5"));
    FeatureAggregate aggregate = aggregate(WINDOW, CLEANS, names);
    for (int seed = 0; seed < 20; seed++) {
      Random random = new Random(seed);
      List<DeviceTelemetry> records = records(random, 500);
      List<FeatureVector> rows = rows(aggregate, records, Collections.emptyList());
      Collections.shuffle(records, random);
      int half = records.size() / 2;
      assertThat(
              rows(
                  aggregate(WINDOW, CLEANS, names),
                  records.subList(0, half),
                  records.subList(half, records.size())))
          .isEqualTo(rows);
    }
  }

  @Test
  void aCorrectionTellsWhatTheWindowWouldHaveBeen() {
    FeatureAggregate aggregate = aggregate(WINDOW, CLEANS, List.of("median", "count", "last"));
    List<DeviceTelemetry> records = records(new Random(3), 200);
    DeviceTelemetry late = record(30_500, 9, 9);
    SlidingWindows<DeviceKey, DeviceTelemetry, DevicePane, FeatureVector> windows =
        new SlidingWindows<>(aggregate, Duration.ofHours(1));
    Panes<DevicePane> panes = new Panes<>();
    records.forEach(record -> windows.add(KEY, panes, record, record.eventTimeMs()));
    windows.fire(KEY, panes, 35_000);
    List<FeatureVector> corrected = windows.correct(KEY, panes, late, 30_500, 34_999);
    records.add(late);
    assertThat(corrected).hasSize(5).allMatch(row -> row.revision() == 1);
    List<FeatureVector> anew = rows(aggregate, records, Collections.emptyList());
    assertThat(corrected).allSatisfy(row -> assertThat(anew).contains(row.revised(0)));
  }

  @Test
  void countsWhatItDidToTheValuesOfARow() {
    Cleaning removes =
        new Cleaning(
            MissingValues.MEAN, new OutlierRule(OutlierMethod.IQR, 1.5, OutlierAction.REMOVE));
    FeatureAggregate aggregate = aggregate(WINDOW, removes, List.of("mean"));
    DevicePane pane = aggregate.create(KEY);
    for (double value : new double[] {1, 2, 3, 4, 100}) {
      aggregate.add(pane, record((long) value, value, value < 3 ? Double.NaN : 7));
    }
    FeatureVector row = aggregate.result(KEY, 0, 12_000, pane);
    assertThat(row.features()).containsExactly(2.5, 0, 0.2, 0.2, 7, 0.4, 0.4, 0);
    assertThat(aggregate.counters())
        .extracting(ResultCounter::name)
        .containsExactly(
            "imputed_total",
            "outliers_marked_total",
            "outliers_clipped_total",
            "outliers_removed_total");
    assertThat(aggregate.counters())
        .extracting(counter -> counter.of().applyAsLong(row))
        .containsExactly(3L, 0L, 0L, 1L);
  }

  @Test
  void tellsTheTimeOfARowBehindItsFields() {
    TelemetryModel model =
        model(WINDOW, Cleaning.NONE, List.of("day_of_week", "mean", "hour_of_day"));
    FeatureAggregate aggregate = new FeatureAggregate(TelemetryModels.of(List.of(model)));
    DevicePane pane = aggregate.create(KEY);
    assertThat(pane).isInstanceOf(FeaturePane.class);
    aggregate.add(pane, record(0, 1, 2));
    assertThat(FeatureNames.of(model)).endsWith("b_outlier_ratio", "day_of_week", "hour_of_day");
    assertThat(aggregate.result(KEY, 0, 12_000, pane).features()).endsWith(4, 1);
  }

  @Test
  void aModelThatNoLongerNeedsPointsGoesOnWithThoseInItsState() {
    FeatureAggregate before = aggregate(WINDOW, CLEANS, SUMS);
    FeatureAggregate after = aggregate(WINDOW, Cleaning.NONE, SUMS);
    List<DeviceTelemetry> records = records(new Random(5), 300);
    Panes<DevicePane> panes = new Panes<>();
    SlidingWindows<DeviceKey, DeviceTelemetry, DevicePane, FeatureVector> windows =
        new SlidingWindows<>(before);
    records.forEach(record -> windows.add(KEY, panes, record, record.eventTimeMs()));
    assertThat(fireAll(after, panes)).isEqualTo(rows(after, records, Collections.emptyList()));
  }

  @Test
  void aModelThatNewlyNeedsPointsIsRefusedTheSumsInItsState() {
    Panes<DevicePane> panes = new Panes<>();
    FeatureAggregate before = aggregate(WINDOW, Cleaning.NONE, SUMS);
    new SlidingWindows<>(before).add(KEY, panes, record(0, 1, 2), 0);
    FeatureAggregate after = aggregate(WINDOW, CLEANS, SUMS);
    assertThatThrownBy(() -> fireAll(after, panes)).hasMessageContaining("was of sums");
  }

  @Test
  void estimatesThePointsOfAPane() {
    FeatureAggregate byTime = aggregate(WINDOW, CLEANS, SUMS);
    assertThat(byTime.paneBytes(KEY)).isEqualTo(PointsPane.heapBytes(10, 2));
    FeatureAggregate byPoints =
        aggregate(new PointWindowSpec(100, 50, Duration.ofDays(1)), CLEANS, SUMS);
    assertThat(byPoints.paneBytes(KEY)).isEqualTo(PointsPane.heapBytes(50, 2));
    assertThat(byPoints.movingBytes(KEY).worst()).isLessThan(100);
  }

  private static List<FeatureVector> rows(
      FeatureAggregate aggregate, List<DeviceTelemetry> records, List<DeviceTelemetry> partials) {
    SlidingWindows<DeviceKey, DeviceTelemetry, DevicePane, FeatureVector> windows =
        new SlidingWindows<>(aggregate);
    Panes<DevicePane> panes = new Panes<>();
    for (DeviceTelemetry record : records) {
      windows.add(KEY, panes, record, record.eventTimeMs());
    }
    for (DeviceTelemetry record : partials) {
      DevicePane partial = aggregate.create(KEY);
      aggregate.add(partial, record);
      long startMs = record.eventTimeMs() - record.eventTimeMs() % WINDOW.slideMs();
      windows.merge(KEY, panes, partial, startMs);
    }
    return fireAll(aggregate, panes);
  }

  private static List<FeatureVector> fireAll(FeatureAggregate aggregate, Panes<DevicePane> panes) {
    SlidingWindows<DeviceKey, DeviceTelemetry, DevicePane, FeatureVector> windows =
        new SlidingWindows<>(aggregate);
    List<FeatureVector> rows = new ArrayList<>();
    for (long endMs = WINDOW.slideMs(); endMs < 80_000; endMs += WINDOW.slideMs()) {
      FeatureVector row = windows.fire(KEY, panes, endMs);
      if (row != null) {
        rows.add(row);
      }
      windows.advance(KEY, panes, endMs);
    }
    return rows;
  }

  private static List<DeviceTelemetry> records(Random random, int size) {
    List<DeviceTelemetry> records = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      double x = random.nextGaussian();
      records.add(
          record(
              random.nextInt(600) * 100L,
              random.nextInt(30) == 0 ? 1e9 * x : x,
              random.nextInt(3) == 0 ? Double.NaN : Math.rint(2 * x)));
    }
    return records;
  }

  private static DeviceTelemetry record(long timeMs, double... values) {
    return new DeviceTelemetry("pump", "p-7", timeMs, values, Map.of(), null);
  }

  private static FeatureAggregate aggregate(
      ModelWindow window, Cleaning cleaning, List<String> features) {
    return new FeatureAggregate(TelemetryModels.of(List.of(model(window, cleaning, features))));
  }

  private static TelemetryModel model(
      ModelWindow window, Cleaning cleaning, List<String> features) {
    return new TelemetryModel(
        "pump",
        "",
        List.of(new TelemetryField("a", "A", -1e12, 1e12), new TelemetryField("b", "1", -9, 9)),
        UnknownFields.REJECT,
        OutOfRange.MISSING,
        window,
        List.of(cleaning, cleaning),
        features,
        ZoneId.of("Europe/Berlin"));
  }
}
