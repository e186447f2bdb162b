package io.tidewatch.udfs.clean;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.schemas.event.DeviceTelemetry;
import io.tidewatch.schemas.model.OutOfRange;
import io.tidewatch.schemas.model.TelemetryField;
import io.tidewatch.schemas.model.TelemetryModel;
import io.tidewatch.schemas.model.TelemetryModels;
import io.tidewatch.schemas.model.UnknownFields;
import io.tidewatch.schemas.model.WindowSpec;
import io.tidewatch.udfs.UnkeyedRun;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.flink.streaming.api.operators.StreamMap;
import org.junit.jupiter.api.Test;

class RangeCleanFunctionHarnessTest {

  @Test
  void makesValuesOutOfRangeMissingAndCountsThem() throws Exception {
    try (var run = start(OutOfRange.MISSING)) {
      run.add(record(5, -1), 7);
      run.add(record(11, Double.POSITIVE_INFINITY), 8);
      run.add(record(0, Double.NaN), 9);

      assertThat(run.results())
          .containsExactly(
              record(5, Double.NaN), record(Double.NaN, Double.NaN), record(0, Double.NaN));
      assertThat(run.resultTimesMs()).containsExactly(7L, 8L, 9L);
      assertThat(run.counter("tidewatch.out_of_range_total")).isEqualTo(3);
    }
  }

  @Test
  void clipsWhereTheModelSaysSo() throws Exception {
    try (var run = start(OutOfRange.CLIP)) {
      run.add(record(-3, 12), 0);
      assertThat(run.results()).containsExactly(record(0, 10));
      assertThat(run.counter("tidewatch.out_of_range_total")).isEqualTo(2);
    }
  }

  /** With object reuse another operator may hold the same record. */
  @Test
  void neverChangesTheRecordItWasHanded() throws Exception {
    try (var run = start(OutOfRange.MISSING)) {
      DeviceTelemetry handed = record(11, 12);
      run.add(handed, 0);
      assertThat(handed).isEqualTo(record(11, 12));
    }
  }

  private static UnkeyedRun<DeviceTelemetry, DeviceTelemetry> start(OutOfRange policy)
      throws Exception {
    TelemetryModel model =
        new TelemetryModel(
            "m",
            "two fields",
            List.of(new TelemetryField("a", "1", 0, 10), new TelemetryField("b", "1", 0, 10)),
            UnknownFields.REJECT,
            policy,
            new WindowSpec(Duration.ofSeconds(1), Duration.ofSeconds(1)));
    return new UnkeyedRun<>(
        new StreamMap<>(new RangeCleanFunction(TelemetryModels.of(List.of(model)))));
  }

  private static DeviceTelemetry record(double... values) {
    return new DeviceTelemetry("m", "d", 5, values, Map.of("site", "x"), "1");
  }
}
