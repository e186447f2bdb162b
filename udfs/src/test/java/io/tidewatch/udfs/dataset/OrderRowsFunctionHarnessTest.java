package io.tidewatch.udfs.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidewatch.schemas.dataset.LabelledVector;
import io.tidewatch.schemas.derived.FeatureVector;
import java.util.List;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

@SuppressWarnings("try") // a harness may be interrupted while it closes; the test ends then
class OrderRowsFunctionHarnessTest {

  private static LabelledVector row(String device, long endMs) {
    return new LabelledVector(
        new FeatureVector("m", device, endMs - 10, endMs, 1, new double[] {endMs}), endMs, null);
  }

  private static KeyedOneInputStreamOperatorTestHarness<Integer, LabelledVector, LabelledVector>
      harness() throws Exception {
    var harness =
        new KeyedOneInputStreamOperatorTestHarness<>(
            new KeyedProcessOperator<>(new OrderRowsFunction()), row -> 0, Types.INT);
    harness.open();
    return harness;
  }

  @Test
  void rowsGoOnByEndAndDeviceAndTheLastOnesWhenTheInputIsOver() throws Exception {
    try (var harness = harness()) {
      for (LabelledVector row : List.of(row("b", 10), row("a", 10), row("b", 20), row("a", 20))) {
        harness.processElement(row, row.vector().windowEndMs());
      }
      assertThat(harness.extractOutputValues()).containsExactly(row("a", 10), row("b", 10));
      assertThat(harness.numEventTimeTimers()).isOne();

      harness.processWatermark(Watermark.MAX_WATERMARK);

      assertThat(harness.extractOutputValues())
          .containsExactly(row("a", 10), row("b", 10), row("a", 20), row("b", 20));
      assertThat(harness.numEventTimeTimers()).isZero();
      assertThat(harness.numKeyedStateEntries()).isZero();
    }
  }

  @Test
  void rowsThatDoNotComeByTheirEndAreRefused() throws Exception {
    try (var harness = harness()) {
      harness.processElement(row("a", 20), 20);
      assertThatThrownBy(() -> harness.processElement(row("a", 10), 10))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("rows: must come by the end of their window");
    }
  }
}
