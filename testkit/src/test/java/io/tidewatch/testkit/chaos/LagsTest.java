package io.tidewatch.testkit.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class LagsTest {
  private static final InjectedFault FROM_10_TO_20_S =
      new InjectedFault(
          new Fault(FaultKind.STOP, "database", Duration.ofSeconds(10), Duration.ZERO),
          10_000,
          20_000);

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

    Lags lags = Lags.of(List.of(FROM_10_TO_20_S), List.of(writes));

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

    Lags lags = Lags.of(List.of(FROM_10_TO_20_S), List.of(quick, slow));

    assertThat(lags.slowestDrain().orElseThrow()).isCloseTo(14 / 4.4, within(1e-9));
  }

  @Test
  void nobodyFellBehind() {
    Lags lags = Lags.of(List.of(FROM_10_TO_20_S), List.of(calmUntil(30)));

    assertThat(lags.slowestDrain()).isEqualTo(OptionalDouble.empty());
    assertThat(lags.addedMs()).isZero();
  }

  @Test
  void lagIsAddedWhileTheFaultLasts() {
    List<Write> writes = calmUntil(10);
    for (int i = 10; i < 19; i++) {
      writes.add(new Write(i * 1000L + 900, i * 1000L));
    }

    assertThat(Lags.of(List.of(FROM_10_TO_20_S), List.of(writes)).addedMs()).isEqualTo(400);
  }

  @Test
  void withoutFaultsNothingIsSaid() {
    assertThat(Lags.of(List.of(), List.of(calmUntil(5)))).isEqualTo(Lags.none());
  }
}
