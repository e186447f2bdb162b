package io.tidewatch.testkit.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class RecoveriesTest {
  private static final Fault KILL =
      new Fault(FaultKind.KILL, "taskmanager-0", Duration.ZERO, Duration.ZERO);

  private static InjectedFault fault(long startMs, long endMs) {
    return new InjectedFault(KILL, startMs, endMs);
  }

  /** A result each second, but for the time between. */
  private static long[] pausing(long fromMs, long untilMs, long pauseMs, long backMs) {
    return LongStream.concat(
            LongStream.iterate(fromMs, ms -> ms < pauseMs, ms -> ms + 1000),
            LongStream.iterate(backMs, ms -> ms < untilMs, ms -> ms + 1000))
        .toArray();
  }

  @Test
  void timeFromTheFaultToTheResultThatEndsThePause() {
    var recoveries =
        Recoveries.of(
            List.of(fault(20_500, 20_500)), List.of(pausing(0, 60_000, 21_000, 33_000)), 50_000);

    assertThat(recoveries.interrupted()).isEqualTo(1);
    assertThat(recoveries.seconds()).containsExactly(12.5);
  }

  @Test
  void eachFaultHasItsOwnPause() {
    long[] results =
        LongStream.concat(
                LongStream.of(pausing(0, 40_000, 21_000, 33_000)),
                LongStream.of(pausing(40_000, 90_000, 41_000, 55_000)))
            .toArray();

    var recoveries =
        Recoveries.of(
            List.of(fault(20_500, 20_500), fault(40_500, 40_500)), List.of(results), 80_000);

    assertThat(recoveries.seconds()).containsExactly(12.5, 14.5);
  }

  @Test
  void pauseThatLastsLongWhenTheNextFaultComesIsOfBoth() {
    var recoveries =
        Recoveries.of(
            List.of(fault(20_500, 20_500), fault(30_500, 30_500)),
            List.of(pausing(0, 90_000, 21_000, 45_000)),
            80_000);

    assertThat(recoveries.seconds()).containsExactly(24.5, 14.5);
  }

  @Test
  void resultsOnTheirWayWhenTheFaultStruckAreNotTheRecovery() {
    var recoveries =
        Recoveries.of(
            List.of(fault(20_500, 20_500)), List.of(pausing(0, 60_000, 23_500, 33_000)), 50_000);

    assertThat(recoveries.seconds()).containsExactly(12.5);
  }

  @Test
  void slowestStreamCounts() {
    var recoveries =
        Recoveries.of(
            List.of(fault(20_500, 20_500)),
            List.of(pausing(0, 60_000, 21_000, 33_000), pausing(0, 60_000, 21_000, 28_000)),
            50_000);

    assertThat(recoveries.seconds()).containsExactly(12.5);
  }

  @Test
  void faultThatNobodyNoticedInterruptedNothing() {
    var recoveries =
        Recoveries.of(
            List.of(fault(20_500, 20_500)), List.of(pausing(0, 60_000, 60_000, 60_000)), 50_000);

    assertThat(recoveries.faults()).isEqualTo(1);
    assertThat(recoveries.interrupted()).isZero();
    assertThat(recoveries.quantileSeconds(.95)).isEmpty();
  }

  @Test
  void pauseThatIsUsualBeforeAllFaultsIsNoInterruption() {
    long[] slow = LongStream.iterate(0, ms -> ms < 60_000, ms -> ms + 4_000).toArray();

    assertThat(Recoveries.of(List.of(fault(21_000, 21_000)), List.of(slow), 50_000).interrupted())
        .isZero();
  }

  @Test
  void pauseAtTheEndOfTheInputIsNoRecovery() {
    var recoveries =
        Recoveries.of(
            List.of(fault(20_500, 20_500)), List.of(pausing(0, 90_000, 60_000, 80_000)), 50_000);

    assertThat(recoveries.interrupted()).isZero();
  }

  @Test
  void resultsThatAreBackBeforeTheFaultIsOverTookNoTime() {
    var recoveries =
        Recoveries.of(
            List.of(fault(20_500, 60_500)), List.of(pausing(0, 90_000, 21_000, 41_000)), 80_000);

    assertThat(recoveries.seconds()).containsExactly(0.0);
  }

  @Test
  void quantilesAreRecoveriesThatHappened() {
    Recoveries recoveries = new Recoveries(5, List.of(4.0, 1.0, 3.0, 2.0));

    assertThat(recoveries.quantileSeconds(.5)).hasValue(2.0);
    assertThat(recoveries.quantileSeconds(.95)).hasValue(4.0);
  }
}
