package io.tidewatch.analytics.alert;

import static io.tidewatch.analytics.alert.AlertState.Phase.FIRING;
import static io.tidewatch.analytics.alert.AlertState.Phase.OVER;
import static io.tidewatch.analytics.alert.AlertState.Phase.PENDING;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.schemas.derived.AlertStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AlertMachineTest {
  private static final long STALE_MS = 300_000;
  private static final AlertRule HELD = rule(60_000);
  private static final AlertRule AT_ONCE = rule(0);
  private static final AlertState PENDING_SINCE_1000 =
      new AlertState(PENDING, 1000, 1000, 31_000, 7);
  private static final AlertState FIRING_SINCE_1000 =
      new AlertState(FIRING, 1000, 61_000, 91_000, 8);
  private static final AlertState OVER_AT_121000 = new AlertState(OVER, 1000, 61_000, 121_000, 2);

  @Test
  void aFalseSampleLeavesAnInactiveAlertAlone() {
    assertThat(AlertMachine.step(HELD, null, 1000, 5)).isEqualTo(new Step(null, List.of()));
  }

  @Test
  void aTrueSampleBeginsToPend() {
    assertThat(AlertMachine.step(HELD, null, 1000, 6))
        .isEqualTo(new Step(new AlertState(PENDING, 1000, 1000, 1000, 6), List.of()));
  }

  @Test
  void aTrueSampleFiresAtOnceWithoutAHold() {
    assertThat(AlertMachine.step(AT_ONCE, null, 1000, 6))
        .isEqualTo(
            new Step(new AlertState(FIRING, 1000, 1000, 1000, 6), List.of(fired(1000, 1000, 6))));
  }

  @Test
  void keepsPendingUntilTheHoldIsOver() {
    assertThat(AlertMachine.step(HELD, PENDING_SINCE_1000, 60_999, 9))
        .isEqualTo(new Step(new AlertState(PENDING, 1000, 1000, 60_999, 9), List.of()));
  }

  @Test
  void firesOnTheSampleExactlyAtTheEndOfTheHold() {
    assertThat(AlertMachine.step(HELD, PENDING_SINCE_1000, 61_000, 9))
        .isEqualTo(
            new Step(
                new AlertState(FIRING, 1000, 61_000, 61_000, 9), List.of(fired(1000, 61_000, 9))));
  }

  @Test
  void aFalseSampleDropsWhatIsPending() {
    assertThat(AlertMachine.step(HELD, PENDING_SINCE_1000, 32_000, 5))
        .isEqualTo(new Step(new AlertState(OVER, 1000, 1000, 32_000, 5), List.of()));
  }

  @Test
  void keepsFiringWithoutTellingAgain() {
    assertThat(AlertMachine.step(HELD, FIRING_SINCE_1000, 92_000, 99))
        .isEqualTo(new Step(new AlertState(FIRING, 1000, 61_000, 92_000, 99), List.of()));
  }

  @Test
  void aFalseSampleResolvesWhatIsFiringAtItsTime() {
    assertThat(AlertMachine.step(HELD, FIRING_SINCE_1000, 121_000, 2))
        .isEqualTo(
            new Step(
                OVER_AT_121000,
                List.of(new Transition(AlertStatus.RESOLVED, 1000, 61_000, 121_000L, 2.0))));
  }

  @Test
  void whatIsOverStaysOverUntilATrueSampleBeginsAnew() {
    assertThat(AlertMachine.step(HELD, OVER_AT_121000, 122_000, 1))
        .isEqualTo(new Step(OVER_AT_121000, List.of()));
    assertThat(AlertMachine.step(HELD, OVER_AT_121000, 123_000, 6))
        .isEqualTo(new Step(new AlertState(PENDING, 123_000, 123_000, 123_000, 6), List.of()));
    assertThat(AlertMachine.step(HELD, OVER_AT_121000, 121_000 + STALE_MS + 1, 1))
        .isEqualTo(new Step(null, List.of()));
  }

  @Test
  void ignoresNaNAndSamplesThatComeAgain() {
    for (AlertState state : List.of(PENDING_SINCE_1000, FIRING_SINCE_1000, OVER_AT_121000)) {
      Step same = new Step(state, List.of());
      assertThat(AlertMachine.step(AT_ONCE, state, 999_999_999, Double.NaN)).isEqualTo(same);
      for (double value : new double[] {5, 6}) {
        assertThat(AlertMachine.step(AT_ONCE, state, state.lastSeenMs(), value)).isEqualTo(same);
        assertThat(AlertMachine.step(AT_ONCE, state, Long.MIN_VALUE, value)).isEqualTo(same);
      }
    }
    assertThat(AlertMachine.step(AT_ONCE, null, 1, Double.NaN))
        .isEqualTo(new Step(null, List.of()));
  }

  @Test
  void silenceChangesNothingBeforeStaleAfter() {
    for (AlertState state : List.of(PENDING_SINCE_1000, FIRING_SINCE_1000, OVER_AT_121000)) {
      assertThat(AlertMachine.silentAtMs(HELD, state)).isEqualTo(state.lastSeenMs() + STALE_MS);
      assertThat(AlertMachine.silence(HELD, state, state.lastSeenMs() + STALE_MS - 1))
          .isEqualTo(new Step(state, List.of()));
    }
    assertThat(AlertMachine.silence(HELD, null, 5)).isEqualTo(new Step(null, List.of()));
  }

  @Test
  void silenceDropsWhatPendsAndForgetsWhatIsOver() {
    for (AlertState state : List.of(PENDING_SINCE_1000, OVER_AT_121000)) {
      assertThat(AlertMachine.silence(HELD, state, state.lastSeenMs() + STALE_MS))
          .isEqualTo(new Step(null, List.of()));
    }
  }

  @Test
  void silenceResolvesWhatIsFiringAsOfTheMomentItWasTooLong() {
    Step resolved = new Step(null, List.of(silenced(1000, 61_000, 91_000 + STALE_MS)));
    assertThat(AlertMachine.silence(HELD, FIRING_SINCE_1000, 91_000 + STALE_MS))
        .isEqualTo(resolved);
    assertThat(AlertMachine.silence(HELD, FIRING_SINCE_1000, Long.MAX_VALUE)).isEqualTo(resolved);
  }

  @Test
  void aSampleExactlyAtStaleAfterStillBelongsToTheEpisode() {
    assertThat(AlertMachine.step(HELD, FIRING_SINCE_1000, 91_000 + STALE_MS, 6).transitions())
        .isEmpty();
  }

  @Test
  void aSampleAfterALongSilenceEndsTheOldEpisodeAndBeginsTheNext() {
    long late = 91_000 + STALE_MS + 1;
    assertThat(AlertMachine.step(AT_ONCE, FIRING_SINCE_1000, late, 6))
        .isEqualTo(
            new Step(
                new AlertState(FIRING, late, late, late, 6),
                List.of(silenced(1000, 61_000, 91_000 + STALE_MS), fired(late, late, 6))));
    assertThat(AlertMachine.step(HELD, PENDING_SINCE_1000, late, 6))
        .isEqualTo(new Step(new AlertState(PENDING, late, late, late, 6), List.of()));
  }

  @Test
  void doesNotOverflowAtTheEndOfTime() {
    AlertState last = new AlertState(FIRING, 0, 0, Long.MAX_VALUE - 1, 6);
    assertThat(AlertMachine.silentAtMs(HELD, last)).isEqualTo(Long.MAX_VALUE);
    assertThat(AlertMachine.step(HELD, last, Long.MAX_VALUE, 6).transitions()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1000, 20_000, 60_000, 400_000})
  void agreesWithTheOracleOnRandomSeries(long holdMs) {
    AlertRule rule = rule(holdMs);
    for (int seed = 0; seed < 300; seed++) {
      Random random = new Random(seed);
      List<Sample> samples = randomSeries(random);
      assertThat(run(rule, samples, random, 0))
          .as("seed %d hold %d", seed, holdMs)
          .isEqualTo(AlertOracle.transitions(samples, 5, holdMs, STALE_MS));
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1000, 20_000, 60_000})
  void tellsTheSameWhenASourceRepeatsSamples(long holdMs) {
    AlertRule rule = rule(holdMs);
    for (int seed = 0; seed < 300; seed++) {
      List<Sample> samples = randomSeries(new Random(seed));
      assertThat(run(rule, samples, new Random(seed), 15))
          .as("seed %d hold %d", seed, holdMs)
          .isEqualTo(run(rule, samples, new Random(seed + 1), 0));
    }
  }

  /** Runs the machine with timers at random moments, and now and then repeats what was recent. */
  private static List<Transition> run(
      AlertRule rule, List<Sample> samples, Random random, int repeatPercent) {
    List<Transition> told = new ArrayList<>();
    AlertState state = null;
    for (int i = 0; i < samples.size(); i++) {
      Sample sample = samples.get(i);
      state = take(told, AlertMachine.step(rule, state, sample.timeMs(), sample.value()));
      if (random.nextInt(100) < repeatPercent) {
        int from = Math.max(0, i - random.nextInt(20));
        for (Sample again : samples.subList(from, i + 1)) {
          if (again.timeMs() > sample.timeMs() - STALE_MS) {
            state = take(told, AlertMachine.step(rule, state, again.timeMs(), again.value()));
          }
        }
      }
      if (i + 1 < samples.size() && random.nextBoolean()) {
        long gapMs = samples.get(i + 1).timeMs() - sample.timeMs();
        long nowMs = sample.timeMs() + random.nextInt((int) gapMs);
        state = take(told, AlertMachine.silence(rule, state, nowMs));
      }
    }
    take(told, AlertMachine.silence(rule, state, Long.MAX_VALUE));
    return told;
  }

  private static AlertState take(List<Transition> told, Step step) {
    told.addAll(step.transitions());
    return step.next();
  }

  private static List<Sample> randomSeries(Random random) {
    List<Sample> samples = new ArrayList<>();
    long timeMs = 1_700_000_000_000L;
    boolean high = false;
    for (int i = 0; i < 120; i++) {
      timeMs +=
          switch (random.nextInt(12)) {
            case 0 -> STALE_MS;
            case 1 -> STALE_MS + 1;
            case 2 -> 1;
            default -> 10_000;
          };
      high ^= random.nextInt(5) == 0;
      double value = high ? 5.5 + random.nextDouble() : 5 - random.nextInt(2);
      samples.add(new Sample(timeMs, random.nextInt(10) == 0 ? Double.NaN : value));
    }
    return samples;
  }

  private static AlertRule rule(long holdMs) {
    return new AlertRule(
        "r", Condition.parse("x > 5"), Duration.ofMillis(holdMs), Map.of(), Map.of());
  }

  private static Transition fired(long sinceMs, long atMs, double value) {
    return new Transition(AlertStatus.FIRING, sinceMs, atMs, null, value);
  }

  private static Transition silenced(long sinceMs, long firedAtMs, long atMs) {
    return new Transition(AlertStatus.RESOLVED, sinceMs, firedAtMs, atMs, null);
  }
}
