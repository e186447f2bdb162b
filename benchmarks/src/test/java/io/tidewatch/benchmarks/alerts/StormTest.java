package io.tidewatch.benchmarks.alerts;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class StormTest {
  private static final int INTERVAL_SECONDS = 30;
  private static final double OBSERVED_SECONDS = 100;

  private static void requireSpaced(double... seconds) {
    List<Long> nanos = Arrays.stream(seconds).mapToObj(each -> (long) (each * 1e9)).toList();
    Storm.requireSpaced("pumps", nanos, INTERVAL_SECONDS, OBSERVED_SECONDS);
  }

  @Test
  void messageThatWaitedForItsTurnMayBeNearToTheNext() {
    assertThatCode(() -> requireSpaced(9, 30, 69, 70)).doesNotThrowAnyException();
  }

  @Test
  void threeMessagesWithinAnIntervalAreRefused() {
    assertThatThrownBy(() -> requireSpaced(0, 40, 50, 69.5))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("pumps: three messages must take at least 30 s, took 29.500");
  }

  @Test
  void moreMessagesThanThereWereIntervalsAreRefused() {
    assertThatThrownBy(() -> requireSpaced(0, 20, 40, 60, 80))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("pumps: must have at most 4 messages, one an interval, had 5");
  }
}
