package io.tidewatch.analytics.clean;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import org.junit.jupiter.api.Test;

class RangeCleanerTest {
  private static final double INFINITY = Double.POSITIVE_INFINITY;

  private final RangeCleaner cleaner =
      new RangeCleaner(
          TelemetryModels.of(
              List.of(model("marks", OutOfRange.MISSING), model("clips", OutOfRange.CLIP))));

  @Test
  void keepsTheRecordItselfWhenAllIsInRange() {
    DeviceTelemetry record = record("marks", -10, 1e300);
    RangeCleaner.Cleaned cleaned = cleaner.clean(record);
    assertThat(cleaned.record()).isSameAs(record);
    assertThat(cleaned.changed()).isZero();
  }

  @Test
  void keepsMissingValuesAndDoesNotCountThem() {
    DeviceTelemetry record = record("clips", Double.NaN, Double.NaN);
    assertThat(cleaner.clean(record)).isEqualTo(new RangeCleaner.Cleaned(record, 0));
  }

  @Test
  void marksWhatIsOutsideAsMissing() {
    DeviceTelemetry record = record("marks", 10.001, -1);
    assertThat(cleaner.clean(record))
        .isEqualTo(new RangeCleaner.Cleaned(record("marks", Double.NaN, Double.NaN), 2));
    assertThat(record.values()).as("what was handed in").containsExactly(10.001, -1);
  }

  @Test
  void clipsWhatIsOutsideToTheNearerBound() {
    assertThat(cleaner.clean(record("clips", 11, 5)).record()).isEqualTo(record("clips", 10, 5));
    assertThat(cleaner.clean(record("clips", -INFINITY, INFINITY)))
        .isEqualTo(new RangeCleaner.Cleaned(record("clips", -10, INFINITY), 1));
  }

  @Test
  void refusesRecordsOfAnotherShape() {
    assertThatThrownBy(() -> cleaner.clean(record("marks", 1)))
        .hasMessage("values: must be 2 as in model marks, was 1");
    assertThatThrownBy(() -> cleaner.clean(record("other", 1, 2)))
        .hasMessageContaining("was other");
  }

  private static TelemetryModel model(String name, OutOfRange outOfRange) {
    return new TelemetryModel(
        name,
        "",
        List.of(
            new TelemetryField("both", "A", -10, 10), new TelemetryField("low", "A", 0, INFINITY)),
        UnknownFields.REJECT,
        outOfRange,
        new WindowSpec(Duration.ofMinutes(1), Duration.ofMinutes(1)));
  }

  private static DeviceTelemetry record(String model, double... values) {
    return new DeviceTelemetry(model, "d1", 7, values, Map.of("site", "north"), "1");
  }
}
