package io.tidewatch.analytics.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DevicePointsTest {
  private static final PointWindowSpec TEN = new PointWindowSpec(10, 4, Duration.ofHours(1));
  private static final TelemetryModels MODELS =
      TelemetryModels.of(
          List.of(
              model("points", TEN),
              model("time", new WindowSpec(Duration.ofSeconds(1), Duration.ofSeconds(1)))));

  private static TelemetryModel model(String name, ModelWindow window) {
    return new TelemetryModel(
        name,
        "two fields",
        List.of(new TelemetryField("a", "1", 0, 1), new TelemetryField("b", "1", 0, 1)),
        UnknownFields.REJECT,
        OutOfRange.MISSING,
        window);
  }

  @Test
  void windowsAreThoseOfTheModelAndPanesCountPositions() {
    DeviceKey key = new DeviceKey("points", "d");
    assertThat(new DevicePoints(MODELS).window(key)).isEqualTo(TEN);
    WindowSpec panes = new FeatureAggregate(MODELS).window(key);
    assertThat(panes.sizeMs()).isEqualTo(10);
    assertThat(panes.slideMs()).isEqualTo(2);
  }

  @Test
  void refusesAModelWithWindowsByTime() {
    assertThatThrownBy(() -> new DevicePoints(MODELS).window(new DeviceKey("time", "d")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("model: must have windows by points, was 'time'");
  }

  @Test
  void readingsOfOneMillisecondAreInOrderOfTheirValuesAndNothingElse() {
    DevicePoints points = new DevicePoints(MODELS);
    assertThat(points.compare(reading("x", 1, 5), reading("y", 1, 5))).isZero();
    assertThat(points.compare(reading("x", 1, Double.NaN), reading("y", 1, Double.NaN))).isZero();
    assertThat(points.compare(reading("x", 1, 9), reading("x", 2, 0))).isNegative();
    assertThat(points.compare(reading("x", 1, Double.NaN), reading("x", 1, 1e300))).isPositive();
    assertThat(points.compare(reading("x", -0.0, 1), reading("x", 0.0, 0))).isNegative();
  }

  private static DeviceTelemetry reading(String label, double... values) {
    return new DeviceTelemetry("points", "d", 0, values, Map.of("t", label), label);
  }
}
