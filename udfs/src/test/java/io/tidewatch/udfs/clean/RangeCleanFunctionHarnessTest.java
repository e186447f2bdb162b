package io.tidewatch.udfs.clean;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidewatch.schemas.event.DeviceTelemetry;
import io.tidewatch.schemas.model.OutOfRange;
import io.tidewatch.schemas.model.TelemetryField;
import io.tidewatch.schemas.model.TelemetryModel;
import io.tidewatch.schemas.model.TelemetryModels;
import io.tidewatch.schemas.model.UnknownFields;
import io.tidewatch.schemas.model.WindowSpec;
import io.tidewatch.udfs.UnkeyedRun;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.flink.streaming.api.operators.StreamMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

  @Test
  void goesOnWithFurtherFieldsAndOtherModels() throws Exception {
    try (var run = new UnkeyedRun<>(operator(model("m", OutOfRange.CLIP, "a", "b")), 2)) {
      run.restart(operator(model("m", OutOfRange.CLIP, "a", "b", "c")), 1);
      run.add(record(5, 11, 12), 7);
      run.restart(operator(model("other", OutOfRange.CLIP, "b")), 3);

      assertThat(run.results()).containsExactly(record(5, 10, 10));
    }
  }

  @ParameterizedTest
  @CsvSource({"b a, '[b, a]'", "a, '[a]'", "a c, '[a, c]'", "c a b, '[c, a, b]'"})
  void doesNotGoOnWithFieldsInOtherPlaces(String names, String told) throws Exception {
    try (var run = new UnkeyedRun<>(operator(model("m", OutOfRange.CLIP, "a", "b")), 2)) {
      assertThatThrownBy(
              () -> run.restart(operator(model("m", OutOfRange.CLIP, names.split(" "))), 2))
          .hasStackTraceContaining(
              "model 'm': fields must begin with [a, b], as in the state to go on from, were "
                  + told
                  + "; put fields back in their places and further ones behind them, or end the job"
                  + " that wrote the state with stop --drain and start this one without state and"
                  + " with input.start: committed");
    }
  }

  private static UnkeyedRun<DeviceTelemetry, DeviceTelemetry> start(OutOfRange policy)
      throws Exception {
    return new UnkeyedRun<>(operator(model("m", policy, "a", "b")));
  }

  private static StreamMap<DeviceTelemetry, DeviceTelemetry> operator(TelemetryModel model) {
    return new StreamMap<>(new RangeCleanFunction(TelemetryModels.of(List.of(model))));
  }

  private static TelemetryModel model(String name, OutOfRange policy, String... fields) {
    return new TelemetryModel(
        name,
        "some fields",
        Arrays.stream(fields).map(field -> new TelemetryField(field, "1", 0, 10)).toList(),
        UnknownFields.REJECT,
        policy,
        new WindowSpec(Duration.ofSeconds(1), Duration.ofSeconds(1)));
  }

  private static DeviceTelemetry record(double... values) {
    return new DeviceTelemetry("m", "d", 5, values, Map.of("site", "x"), "1");
  }
}
