package io.tidewatch.benchmarks.alerts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidewatch.benchmarks.alerts.Faults.Transition;
import io.tidewatch.schemas.derived.AlertStatus;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class FaultsTest {
  /** A multiple of the cycle, so that the first device is bad from there on for 20 s. */
  private static final long START = 1_700_000_000;

  @Test
  void oneDeviceInTenIsBadForHalfOfItsTime() {
    assertThat(LongStream.range(START, START + 40).filter(second -> isBad(0, second)))
        .hasSize(20)
        .contains(START, START + 19);
    assertThat(LongStream.range(START, START + 40).filter(second -> isBad(10, second))).hasSize(20);
    assertThat(isBad(10, START + 19)).as("at another time").isFalse();
    assertThat(LongStream.range(START, START + 40).filter(second -> isBad(1, second))).isEmpty();
  }

  @Test
  void aDeviceFiresFiveSecondsAfterItsMeanWasAboveAndIsOverWithTheFirstThatIsNot() {
    // bad from the first second: above 8 mm/s from the first window on, and to that of second 26,
    // which has 4 bad seconds of 10; bad again from second 40 on, above with second 44
    assertThat(Faults.transitions(1, START, START + 60))
        .containsExactly(
            new Transition("device-0", AlertStatus.FIRING, START + 6),
            new Transition("device-0", AlertStatus.RESOLVED, START + 27),
            new Transition("device-0", AlertStatus.FIRING, START + 49));
    assertThat(Faults.transitions(1, START, START + 26)).hasSize(1);
    assertThat(Faults.transitions(1, START, START + 5)).isEmpty();
  }

  @Test
  void phasesDiffer() {
    List<Transition> all = Faults.transitions(400, START, START + 80);
    assertThat(all.stream().map(Transition::second).distinct()).hasSizeGreaterThan(40);
    assertThat(all.stream().map(Transition::device).distinct()).hasSize(40);
  }

  @Test
  void aStormHasGroupsOfOneEvenSize() {
    assertThat(new StormSize(300, 1, 2).devicesOfGroup()).isEqualTo(30);
    assertThatThrownBy(() -> new StormSize(310, 1, 2))
        .hasMessage("devices: must be a multiple of 20, was 310");
  }

  private static boolean isBad(int device, long second) {
    return Faults.vibration(device, second) == Faults.BAD;
  }
}
