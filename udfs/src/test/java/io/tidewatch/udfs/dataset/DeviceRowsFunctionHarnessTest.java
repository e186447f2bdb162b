package io.tidewatch.udfs.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidewatch.analytics.dataset.LabelRule;
import io.tidewatch.analytics.dataset.Selection;
import io.tidewatch.analytics.feature.DeviceKey;
import io.tidewatch.schemas.dataset.KnownTelemetry;
import io.tidewatch.schemas.dataset.LabelledVector;
import io.tidewatch.schemas.event.DeviceTelemetry;
import io.tidewatch.schemas.model.OutOfRange;
import io.tidewatch.schemas.model.TelemetryField;
import io.tidewatch.schemas.model.TelemetryModel;
import io.tidewatch.schemas.model.TelemetryModels;
import io.tidewatch.schemas.model.UnknownFields;
import io.tidewatch.schemas.model.WindowSpec;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

@SuppressWarnings("try") // a harness may be interrupted while it closes; the test ends then
class DeviceRowsFunctionHarnessTest {
  static final TelemetryModels MODELS =
      TelemetryModels.of(
          List.of(
              new TelemetryModel(
                  "m",
                  "one field",
                  List.of(new TelemetryField("x", "1", 0, 10)),
                  UnknownFields.REJECT,
                  OutOfRange.MISSING,
                  new WindowSpec(Duration.ofSeconds(10), Duration.ofSeconds(5)))));

  static KnownTelemetry reading(String device, long timeMs, double value) {
    return new KnownTelemetry(
        new DeviceTelemetry("m", device, timeMs, new double[] {value}, Map.of(), null),
        KnownTelemetry.UNKNOWN);
  }

  private static KeyedOneInputStreamOperatorTestHarness<DeviceKey, KnownTelemetry, LabelledVector>
      harness(long fromMs) throws Exception {
    var harness =
        new KeyedOneInputStreamOperatorTestHarness<>(
            new KeyedProcessOperator<>(
                new DeviceRowsFunction(
                    MODELS,
                    new Selection("m", new TreeSet<>(), fromMs, Long.MAX_VALUE, Long.MAX_VALUE),
                    new LabelRule(LabelRule.OF_MESSAGE, LabelRule.OfWindow.LAST, "0"))),
            known -> new DeviceKey("m", known.record().deviceId()),
            TypeInformation.of(DeviceKey.class));
    harness.open();
    return harness;
  }

  @Test
  void rowsAreToldAsReadingsComeAndWhenTheDeviceIsOver() throws Exception {
    try (var harness = harness(Long.MIN_VALUE)) {
      harness.processElement(reading("a", 1_000, 1), 1_000);
      harness.processElement(reading("a", 6_000, 3), 6_000);
      assertThat(ends(harness.extractOutputValues())).containsExactly(5_000L);
      assertThat(harness.numEventTimeTimers()).isEqualTo(1);

      harness.processWatermark(Watermark.MAX_WATERMARK);

      assertThat(ends(harness.extractOutputValues())).containsExactly(5_000L, 10_000L, 15_000L);
      assertThat(harness.numEventTimeTimers()).isZero();
      assertThat(harness.numKeyedStateEntries()).isZero();
    }
  }

  @Test
  void windowsThatLiePartlyOutsideAreLeftOut() throws Exception {
    try (var harness = harness(0)) {
      harness.processElement(reading("a", 1_000, 1), 1_000);
      harness.processWatermark(Watermark.MAX_WATERMARK);
      assertThat(ends(harness.extractOutputValues())).containsExactly(10_000L);
    }
  }

  @Test
  void devicesThatTakeTurnsAreRefused() throws Exception {
    try (var harness = harness(0)) {
      harness.processElement(reading("a", 1_000, 1), 1_000);
      assertThatThrownBy(() -> harness.processElement(reading("b", 2_000, 1), 2_000))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("one device after the other");
    }
  }

  private static List<Long> ends(List<LabelledVector> rows) {
    return rows.stream().map(row -> row.vector().windowEndMs()).toList();
  }
}
