package io.tidewatch.udfs.dataset;

import static io.tidewatch.udfs.dataset.DeviceRowsFunctionHarnessTest.MODELS;
import static io.tidewatch.udfs.dataset.DeviceRowsFunctionHarnessTest.reading;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.analytics.dataset.Selection;
import io.tidewatch.schemas.dataset.KnownTelemetry;
import io.tidewatch.schemas.reject.RejectReason;
import io.tidewatch.schemas.reject.Rejected;
import io.tidewatch.udfs.decode.Inbound;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.flink.streaming.api.operators.StreamFlatMap;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

@SuppressWarnings("try") // a harness may be interrupted while it closes; the test ends then
class SelectFunctionHarnessTest {

  @Test
  void selectsCleansAndCounts() throws Exception {
    Selection selection = new Selection("m", new TreeSet<>(List.of("a")), 0, 100, 100);
    try (var harness =
        new OneInputStreamOperatorTestHarness<Inbound<KnownTelemetry>, KnownTelemetry>(
            new StreamFlatMap<>(new SelectFunction(selection, MODELS)))) {
      harness.open();
      harness.processElement(Inbound.of(reading("a", 5, 7)), 0);
      harness.processElement(Inbound.of(reading("a", 6, 11)), 0);
      harness.processElement(Inbound.of(reading("b", 7, 7)), 0);
      harness.processElement(Inbound.of(reading("a", 100, 7)), 0);
      harness.processElement(
          Inbound.of(new Rejected("t", 0, 0, 0, null, null, RejectReason.EMPTY, "line: was empty")),
          0);

      assertThat(harness.extractOutputValues()).hasSize(2);
      assertThat(harness.extractOutputValues().get(0)).isEqualTo(reading("a", 5, 7));
      assertThat(harness.extractOutputValues().get(1).record().values())
          .containsExactly(Double.NaN);
      Map<String, Object> counts = new TreeMap<>();
      harness
          .getEnvironment()
          .getAccumulatorRegistry()
          .getUserMap()
          .forEach((name, count) -> counts.put(name, count.getLocalValue()));
      assertThat(counts)
          .isEqualTo(
              Map.of(
                  "read", 5L,
                  "selected", 2L,
                  "other_device", 1L,
                  "out_of_range", 1L,
                  "rejected.empty", 1L,
                  "out_of_range_values", 1L));
    }
  }
}
