package io.tidewatch.testkit.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class FaultScheduleTest {
  private static final List<String> VICTIMS = List.of("taskmanager-0", "taskmanager-1");

  private static FaultSchedule schedule(long seed) {
    return FaultSchedule.of(seed, FaultKind.FREEZE, VICTIMS, Duration.ofSeconds(40), 20);
  }

  @Test
  void sameSeedGivesTheSameFaultsAndAnotherOneOthers() {
    assertThat(schedule(1)).isEqualTo(schedule(1)).isNotEqualTo(schedule(2));
  }

  @Test
  void hitsEachVictimAfterPausesThatDiffer() {
    assertThat(schedule(1).faults())
        .hasSize(20)
        .allMatch(fault -> fault.kind() == FaultKind.FREEZE)
        .allMatch(fault -> fault.length().equals(Duration.ofSeconds(40)))
        .extracting(Fault::victim)
        .containsAll(VICTIMS);
    assertThat(schedule(1).faults().stream().map(Fault::pause).distinct().count())
        .isGreaterThan(10);
  }

  @Test
  void noFaultsNeedNoVictims() {
    assertThat(FaultSchedule.of(1, FaultKind.KILL, List.of(), Duration.ZERO, 0).faults()).isEmpty();
  }
}
