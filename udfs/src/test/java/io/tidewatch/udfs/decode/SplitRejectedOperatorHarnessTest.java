package io.tidewatch.udfs.decode;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.schemas.reject.Rejected;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.apache.flink.util.OutputTag;
import org.junit.jupiter.api.Test;

class SplitRejectedOperatorHarnessTest {
  private static final OutputTag<Rejected> REJECTED =
      new OutputTag<>("rejected", TypeInformation.of(Rejected.class));

  @Test
  @SuppressWarnings("try") // closing the harness may be interrupted, and nobody does
  void endOfAnIdleInputEndsEventTime() throws Exception {
    try (var harness =
        new OneInputStreamOperatorTestHarness<>(new SplitRejectedOperator<String>(REJECTED))) {
      harness.open();
      harness.processElement(Inbound.of("a"), 5);
      harness.processWatermark(new Watermark(4));
      harness.processWatermarkStatus(WatermarkStatus.IDLE);
      harness.endInput();

      assertThat(harness.getOutput())
          .containsExactly(
              new StreamRecord<>("a", 5L),
              new Watermark(4),
              WatermarkStatus.IDLE,
              WatermarkStatus.ACTIVE,
              Watermark.MAX_WATERMARK);
    }
  }

  @Test
  @SuppressWarnings("try") // closing the harness may be interrupted, and nobody does
  void endOfAnActiveInputIsToldOnce() throws Exception {
    try (var harness =
        new OneInputStreamOperatorTestHarness<>(new SplitRejectedOperator<String>(REJECTED))) {
      harness.open();
      harness.processWatermark(Watermark.MAX_WATERMARK);
      harness.endInput();

      assertThat(harness.getOutput()).containsExactly(Watermark.MAX_WATERMARK);
    }
  }
}
