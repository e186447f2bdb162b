package io.tidewatch.analytics.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidewatch.analytics.feature.DeviceKey;
import io.tidewatch.analytics.feature.FeatureAggregate;
import io.tidewatch.schemas.dataset.KnownTelemetry;
import io.tidewatch.schemas.dataset.LabelledVector;
import io.tidewatch.schemas.event.DeviceTelemetry;
import io.tidewatch.schemas.model.ModelWindow;
import io.tidewatch.schemas.model.OutOfRange;
import io.tidewatch.schemas.model.PointWindowSpec;
import io.tidewatch.schemas.model.TelemetryField;
import io.tidewatch.schemas.model.TelemetryModel;
import io.tidewatch.schemas.model.TelemetryModels;
import io.tidewatch.schemas.model.UnknownFields;
import io.tidewatch.schemas.model.WindowSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DeviceRowsTest {
  private static final LabelRule LAST =
      new LabelRule(LabelRule.OF_MESSAGE, LabelRule.OfWindow.LAST, "0");
  private static final ModelWindow BY_TIME =
      new WindowSpec(Duration.ofSeconds(10), Duration.ofSeconds(5));
  private static final ModelWindow BY_POINTS = new PointWindowSpec(3, 2, Duration.ofSeconds(60));

  private static KnownTelemetry reading(long timeMs, double value, String label, long knownMs) {
    return new KnownTelemetry(
        new DeviceTelemetry("m", "d", timeMs, new double[] {value}, Map.of(), label), knownMs);
  }

  private static KnownTelemetry reading(long timeMs, double value) {
    return reading(timeMs, value, null, KnownTelemetry.UNKNOWN);
  }

  private static DeviceRows rows(ModelWindow window) {
    TelemetryModels models =
        TelemetryModels.of(
            List.of(
                new TelemetryModel(
                    "m",
                    "one field",
                    List.of(new TelemetryField("x", "1", -1e9, 1e9)),
                    UnknownFields.REJECT,
                    OutOfRange.MISSING,
                    window)));
    return DeviceRows.of(new DeviceKey("m", "d"), models, new KnownAggregate(models), LAST);
  }

  private static List<LabelledVector> told(DeviceRows rows, KnownTelemetry... readings) {
    List<LabelledVector> told = new ArrayList<>();
    for (KnownTelemetry reading : readings) {
      rows.add(reading, told::add);
    }
    rows.finish(told::add);
    return told;
  }

  /** Start, end and mean of each. */
  private static List<String> windows(List<LabelledVector> told) {
    return told.stream()
        .map(LabelledVector::vector)
        .map(
            vector ->
                vector.windowStartMs() + " " + vector.windowEndMs() + " " + vector.features()[0])
        .toList();
  }

  @Test
  void windowsByTimeSlideOverTheReadingsAndOverAGap() {
    List<LabelledVector> told =
        told(rows(BY_TIME), reading(1_000, 1), reading(7_000, 3), reading(41_000, 5));
    assertThat(windows(told))
        .containsExactly(
            "-5000 5000 1.0",
            "0 10000 2.0",
            "5000 15000 3.0",
            "35000 45000 5.0",
            "40000 50000 5.0");
  }

  @Test
  void aWindowIsKnownSinceItsLastReadingAndHasTheLastLabel() {
    List<LabelledVector> told =
        told(
            rows(BY_TIME),
            reading(1_000, 1, "a", 90_000),
            reading(7_000, 3, "b", 20_000),
            reading(8_000, 3, null, 10_000));
    assertThat(told.stream().map(LabelledVector::createdMs))
        .containsExactly(90_000L, 90_000L, 20_000L);
    assertThat(told.stream().map(LabelledVector::label)).containsExactly("a", "b", "b");
  }

  @Test
  void aWindowOfWhichNobodyKnowsIsKnownSinceItsEnd() {
    List<LabelledVector> told = told(rows(BY_TIME), reading(1_000, 1));
    assertThat(told.stream().map(LabelledVector::createdMs)).containsExactly(5_000L, 10_000L);
    assertThat(told.get(0).label()).isNull();
  }

  @Test
  void windowsByPointsCountReadingsAndBeginAnewAfterASilence() {
    List<LabelledVector> told =
        told(
            rows(BY_POINTS),
            reading(1, 1),
            reading(2, 2),
            reading(3, 3),
            reading(4, 4),
            reading(5, 5),
            reading(6, 6),
            reading(70_000, 10),
            reading(70_001, 20),
            reading(70_002, 30));
    assertThat(windows(told)).containsExactly("1 4 2.0", "3 6 4.0", "70000 70003 20.0");
  }

  @Test
  void aWindowByPointsHasTheLabelsOfItsOwnPointsAmongThoseOfOneMillisecond() {
    List<LabelledVector> told =
        told(
            rows(new PointWindowSpec(2, 2, Duration.ofDays(1))),
            reading(5, 4, "d", 4),
            reading(5, 1, "a", 1),
            reading(5, 3, "c", 3),
            reading(5, 2, "b", 2));
    assertThat(told.stream().map(LabelledVector::label)).containsExactly("b", "d");
    assertThat(told.stream().map(LabelledVector::createdMs)).containsExactly(2L, 4L);
  }

  @Test
  void pointsThatDifferInTheirLabelOnlyGiveTheSameRowsInAnyOrder() {
    KnownTelemetry a = reading(5, 1, "a", 9);
    KnownTelemetry b = reading(5, 1, "b", 8);
    ModelWindow single = new PointWindowSpec(1, 1, Duration.ofDays(1));
    assertThat(told(rows(single), a, b)).isEqualTo(told(rows(single), b, a)).hasSize(2);
  }

  @Test
  void whatIsOutOfOrderIsRefused() {
    for (ModelWindow window : List.of(BY_TIME, BY_POINTS)) {
      DeviceRows rows = rows(window);
      rows.add(reading(10, 1), row -> {});
      assertThatThrownBy(() -> rows.add(reading(9, 1), row -> {}))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("event time: must be ≥ the one before (10), was 9");
    }
  }

  @Test
  void theAggregateIsThatOfTheLiveJob() {
    TelemetryModels models =
        TelemetryModels.of(
            List.of(
                new TelemetryModel(
                    "m",
                    "one field",
                    List.of(new TelemetryField("x", "1", 0, 1)),
                    UnknownFields.REJECT,
                    OutOfRange.MISSING,
                    BY_TIME)));
    var live = new FeatureAggregate(models);
    KnownAggregate stored = new KnownAggregate(models);
    DeviceKey key = new DeviceKey("m", "d");
    assertThat(stored.window(key)).isEqualTo(live.window(key));
    assertThat(stored.paneBytes(key)).isEqualTo(live.paneBytes(key));
    assertThat(stored.movingBytes(key)).isEqualTo(live.movingBytes(key));
    assertThat(stored.counters()).hasSameSizeAs(live.counters());
    assertThat(stored.codec()).hasSameClassAs(live.codec());
    var into = stored.create(key);
    var from = stored.create(key);
    stored.add(from, reading(5, 1));
    stored.merge(into, from);
    assertThat(into.records()).isEqualTo(1);
  }
}
