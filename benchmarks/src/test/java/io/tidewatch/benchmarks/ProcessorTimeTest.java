package io.tidewatch.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProcessorTimeTest {
  @Test
  void tellsWhichShareWasStolen() {
    ProcessorTime before = ProcessorTime.parse("cpu  100 10 20 800 5 0 5 60 7 0");
    ProcessorTime after = ProcessorTime.parse("cpu  150 10 20 880 5 0 5 130 50 0");

    assertThat(before).isEqualTo(new ProcessorTime(1_000, 60));
    assertThat(before.stolenUntil(after)).isEqualTo(0.35);
    assertThat(before.stolenUntil(before)).isZero();
    assertThat(before.stolenSince()).isNotNegative();
  }
}
