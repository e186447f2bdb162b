package io.tidewatch.testkit.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class LagsTest {
  private static final InjectedFault FROM_10_TO_20_S = fault(10_000, 20_000);

  private static final long END_MS = 60_000;

  private static InjectedFault fault(long startMs, long endMs) {
    return new InjectedFault(
        new Fault(FaultKind.STOP, "database", Duration.ofMillis(endMs - startMs), Duration.ZERO),
        startMs,
        endMs);
  }

  /** Results of the seconds 10 to 19, from second 20 on, two a second. */
  private static List<Write> backlogAtTwiceThePaceOfInput() {
    List<Write> writes = calmUntil(10);
    for (int i = 0; i < 10; i++) {
      writes.add(new Write(20_000 + i * 500L, 10_000 + i * 1000L));
    }
    return writes;
  }

  /** A result a second of event time, 500 ms later, up to that second. */
  private static List<Write> calmUntil(int second) {
    List<Write> writes = new ArrayList<>();
    for (int i = 1; i < second; i++) {
      writes.add(new Write(i * 1000L + 500, i * 1000L));
    }
    return writes;
  }

  @Test
  void backlogOfTenSecondsThatComesInTwoDrainsAtMoreThanFive() {
    List<Write> writes = calmUntil(10);
    for (int i = 10; i <= 20; i++) {
      writes.add(new Write(20_000 + (i - 10) * 200, i * 1000L));
    }
    writes.add(new Write(22_400, 22_000));

    Lags lags = Lags.of(List.of(FROM_10_TO_20_S), List.of(writes), END_MS);

    assertThat(lags.slowestDrain().orElseThrow()).isCloseTo(12 / 2.4, within(1e-9));
  }

  @Test
  void slowestOfTwoStreamsCounts() {
    List<Write> quick = calmUntil(10);
    quick.add(new Write(20_000, 10_000));
    quick.add(new Write(20_100, 20_000));
    List<Write> slow = calmUntil(10);
    slow.add(new Write(20_000, 10_000));
    slow.add(new Write(24_400, 24_000));

    Lags lags = Lags.of(List.of(FROM_10_TO_20_S), List.of(quick, slow), END_MS);

    assertThat(lags.slowestDrain().orElseThrow()).isCloseTo(14 / 4.4, within(1e-9));
  }

  @Test
  void backlogThatTheNextFaultFindsStillThereCounts() {
    List<Write> writes = backlogAtTwiceThePaceOfInput();
    writes.add(new Write(30_000, 20_000));
    writes.add(new Write(30_100, 29_900));

    Lags lags = Lags.of(List.of(FROM_10_TO_20_S, fault(25_000, 30_000)), List.of(writes), END_MS);

    assertThat(lags.slowestDrain().orElseThrow()).isCloseTo(2, within(1e-9));
  }

  @Test
  void resultsThatTheEndOfEventTimeBroughtDidNotCatchUp() {
    List<Write> writes = backlogAtTwiceThePaceOfInput();
    writes.add(new Write(25_000, 90_000));

    Lags lags = Lags.of(List.of(FROM_10_TO_20_S), List.of(writes), 25_000);

    assertThat(lags.slowestDrain().orElseThrow()).isCloseTo(2, within(1e-9));
  }

  @Test
  void lateResultsOfOneEventTimeSayNothingOfAPace() {
    List<Write> writes = calmUntil(10);
    writes.add(new Write(24_900, 10_000));
    writes.add(new Write(24_990, 10_000));

    Lags lags = Lags.of(List.of(FROM_10_TO_20_S, fault(25_000, 30_000)), List.of(writes), END_MS);

    assertThat(lags.slowestDrain()).isEmpty();
  }

  @Test
  void nobodyFellBehind() {
    Lags lags = Lags.of(List.of(FROM_10_TO_20_S), List.of(calmUntil(30)), END_MS);

    assertThat(lags.slowestDrain()).isEqualTo(OptionalDouble.empty());
    assertThat(lags.addedMs()).isZero();
  }

  @Test
  void lagIsAddedWhileTheFaultLasts() {
    List<Write> writes = calmUntil(10);
    for (int i = 10; i < 19; i++) {
      writes.add(new Write(i * 1000L + 900, i * 1000L));
    }

    assertThat(Lags.of(List.of(FROM_10_TO_20_S), List.of(writes), END_MS).addedMs()).isEqualTo(400);
  }

  @Test
  void withoutFaultsNothingIsSaid() {
    assertThat(Lags.of(List.of(), List.of(calmUntil(5)), END_MS)).isEqualTo(Lags.none());
  }
}
