package io.tidewatch.cli.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class FaultScheduleTest {
  private static final FaultKind KIND = FaultKind.SLOWDOWN;

  @Test
  void aFaultLastsFromItsStartToBeforeItsEndAndComesAgain() {
    FaultSchedule schedule = new FaultSchedule(List.of(fault(15, 20)), Duration.ofSeconds(60));

    assertThat(schedule.active(KIND, "/a", 14_999)).isFalse();
    assertThat(schedule.active(KIND, "/a", 15_000)).isTrue();
    assertThat(schedule.active(KIND, "/a", 34_999)).isTrue();
    assertThat(schedule.active(KIND, "/a", 35_000)).isFalse();
    assertThat(schedule.active(KIND, "/a", 75_000)).isTrue();
    assertThat(schedule.active(KIND, "/b", 20_000)).isFalse();
    assertThat(schedule.active(FaultKind.ERROR_BURST, "/a", 20_000)).isFalse();
    assertThat(schedule.active(KIND, "/a", -45_000)).isFalse();
  }

  @Test
  void refusesAFaultThatOutlastsThePeriod() {
    List<Fault> faults = List.of(fault(15, 20));

    assertThatThrownBy(() -> new FaultSchedule(faults, Duration.ofSeconds(30)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("fault.start + fault.length: must be ≤ faults.period (PT30S), was PT35S");
  }

  @Test
  void refusesAFaultThatTakesNoTime() {
    assertThatThrownBy(() -> fault(15, 0)).hasMessage("fault.length: must be ≥ PT0.001S, was PT0S");
    assertThatThrownBy(() -> fault(-1, 5)).hasMessage("fault.start: must be ≥ PT0S, was PT-1S");
  }

  private static Fault fault(long startSeconds, long lengthSeconds) {
    return new Fault(
        KIND,
        "slow",
        "/a",
        Duration.ofSeconds(startSeconds),
        Duration.ofSeconds(lengthSeconds),
        "EndpointP99Slow");
  }
}
