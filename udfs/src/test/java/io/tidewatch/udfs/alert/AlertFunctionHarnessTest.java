package io.tidewatch.udfs.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.tidewatch.analytics.alert.LatencySeries;
import io.tidewatch.analytics.alert.expr.Expression;
import io.tidewatch.analytics.alert.rule.AlertRule;
import io.tidewatch.analytics.quantile.EndpointKey;
import io.tidewatch.schemas.derived.AlertEvent;
import io.tidewatch.schemas.derived.AlertStatus;
import io.tidewatch.schemas.derived.LatencyWindow;
import io.tidewatch.udfs.KeyedRun;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AlertFunctionHarnessTest {
  private static final long MINUTE = 60_000;
  private static final AlertRule SLOW = rule("Slow", "p99_ms > 100", Duration.ofMinutes(2));
  private static final AlertRule SLOWER = rule("Slower", "p99_ms > 1000", Duration.ZERO);
  private static final AlertRule POST_ONLY =
      rule("PostOnly", "p99_ms{method=\"POST\"} > 100", Duration.ZERO);

  private KeyedRun<EndpointKey, LatencyWindow, AlertEvent> run;

  @BeforeEach
  void start() throws Exception {
    run = start(SLOW);
  }

  @AfterEach
  void stop() {
    run.close();
  }

  @Test
  void firesWhenTheConditionHasHeldForLongEnough() throws Exception {
    minute(0, 200);
    minute(1, 200);
    assertThat(run.results()).isEmpty();
    assertThat(run.stateEntries()).as("pending").isEqualTo(1);
    minute(2, 300);
    minute(3, 400);

    assertThat(run.results())
        .singleElement()
        .satisfies(
            event -> {
              assertThat(event.status()).isEqualTo(AlertStatus.FIRING);
              assertThat(event.rule()).isEqualTo("Slow");
              assertThat(event.startedAtMs()).isZero();
              assertThat(event.firedAtMs()).isEqualTo(2 * MINUTE);
              assertThat(event.value()).isEqualTo(300);
              assertThat(event.labels())
                  .containsEntry("service", "s")
                  .containsEntry("endpoint", "/e")
                  .containsEntry("method", "GET")
                  .containsEntry("alertname", "Slow")
                  .containsEntry("severity", "warning");
            });
    assertThat(run.counter("tidewatch.alert_events_total")).isEqualTo(1);
  }

  @Test
  void resolvesUnderTheSameIdWhenTheConditionEnds() throws Exception {
    fire();
    minute(3, 50);
    assertThat(run.results())
        .extracting(AlertEvent::status)
        .containsExactly(AlertStatus.FIRING, AlertStatus.RESOLVED);
    assertThat(run.results()).extracting(AlertEvent::alertId).allMatch(firstId()::equals);
    assertThat(run.results().get(1).resolvedAtMs()).isEqualTo(3 * MINUTE);
    assertThat(run.counter("tidewatch.alert_events_total")).isEqualTo(2);
  }

  @Test
  void saysNothingWhenThePendingConditionEnds() throws Exception {
    minute(0, 200);
    minute(1, 50);
    minute(2, 200);
    minute(3, 200);
    assertThat(run.results()).isEmpty();
  }

  @Test
  void keepsNoStateOfASeriesThatIsWell() throws Exception {
    for (int minute = 0; minute < 20; minute++) {
      minute(minute, 50);
    }
    assertThat(run.stateEntries()).isZero();
    assertThat(run.timers()).isZero();
  }

  @Test
  void resolvesASeriesThatFellSilentWhileFiring() throws Exception {
    fire();
    run.watermark(7 * MINUTE - 1);
    assertThat(run.results()).hasSize(1);
    run.watermark(7 * MINUTE);
    assertThat(run.results()).hasSize(2);
    AlertEvent resolved = run.results().get(1);
    assertThat(resolved.status()).isEqualTo(AlertStatus.RESOLVED);
    assertThat(resolved.value()).isNull();
    assertThat(resolved.resolvedAtMs()).isEqualTo(7 * MINUTE);
    assertThat(run.stateEntries()).isZero();
    assertThat(run.timers()).isZero();
  }

  @Test
  void forgetsASeriesThatFellSilentWhilePending() throws Exception {
    minute(0, 200);
    run.watermark(5 * MINUTE);
    assertThat(run.results()).isEmpty();
    assertThat(run.stateEntries()).isZero();
    assertThat(run.timers()).isZero();
  }

  @Test
  void forgetsASeriesWhoseNextSampleComesBeforeTheWatermarkTellsOfItsSilence() throws Exception {
    minute(0, 200);
    run.add(window("/e", 10 * MINUTE, 50), 10 * MINUTE - 1);
    assertThat(run.results()).isEmpty();
    assertThat(run.stateEntries()).isZero();
  }

  @Test
  void forgetsAnEpisodeThatIsOver() throws Exception {
    fire();
    minute(3, 50);
    run.watermark(8 * MINUTE);
    assertThat(run.results()).hasSize(2);
    assertThat(run.stateEntries()).isZero();
    assertThat(run.timers()).isZero();
  }

  @Test
  void needsOneTimerForAnAlertHoweverManySamplesItSees() throws Exception {
    for (int minute = 0; minute < 30; minute++) {
      minute(minute, 200);
      assertThat(run.timers()).isEqualTo(1);
    }
    assertThat(run.results()).hasSize(1);
  }

  @Test
  void correctionsNeitherFireNorResolveNorKeepASeriesAwake() throws Exception {
    fire();
    for (int minute = 0; minute <= 2; minute++) {
      run.add(window("/e", minute * MINUTE, 50).revised(1), 2 * MINUTE - 1);
      run.add(window("/quiet", minute * MINUTE, 500).revised(minute + 1), 2 * MINUTE - 1);
    }
    assertThat(run.results()).as("what was told stands").hasSize(1);
    assertThat(run.stateEntries()).as("of the series that fires").isEqualTo(1);
    assertThat(run.counter("tidewatch.corrections_skipped_total")).isEqualTo(6);
    run.add(window("/e", 3 * MINUTE, 500).revised(1), 3 * MINUTE - 1);
    run.watermark(7 * MINUTE);
    assertThat(run.results())
        .extracting(AlertEvent::status)
        .as("silent for five minutes after the last sample")
        .containsExactly(AlertStatus.FIRING, AlertStatus.RESOLVED);
    assertThat(run.results().get(1).resolvedAtMs()).isEqualTo(7 * MINUTE);
  }

  @Test
  void holdsEachRuleAgainstEachSeriesOnItsOwn() throws Exception {
    run.close();
    run = start(SLOW, SLOWER, POST_ONLY);
    run.add(window("/a", 0, 5_000), 0);
    run.add(window("/b", 0, 200), 0);
    assertThat(run.results())
        .singleElement()
        .satisfies(
            event -> {
              assertThat(event.rule()).isEqualTo("Slower");
              assertThat(event.labels()).containsEntry("endpoint", "/a");
            });
    assertThat(run.stateEntries()).isEqualTo(2);
  }

  @Test
  void aMetricWithoutAValueIsNoSample() throws Exception {
    run.close();
    run = start(rule("Odd", "no_such_metric > 1", Duration.ZERO));
    minute(0, 200);
    assertThat(run.results()).isEmpty();
    assertThat(run.stateEntries()).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void aRestartWhilePendingNeitherLosesNorRepeats(int parallelism) throws Exception {
    minute(0, 200);
    minute(1, 200);
    run.restart(function(SLOW), parallelism);
    minute(2, 200);
    minute(3, 50);
    assertThat(run.results())
        .extracting(AlertEvent::status, AlertEvent::startedAtMs)
        .containsExactly(tuple(AlertStatus.FIRING, 0L), tuple(AlertStatus.RESOLVED, 0L));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void aRestartWhileFiringNeitherLosesNorRepeats(int parallelism) throws Exception {
    fire();
    run.restart(function(SLOW), parallelism);
    minute(3, 200);
    assertThat(run.results()).hasSize(1);
    run.restart(function(SLOW), 1);
    run.watermark(8 * MINUTE);
    assertThat(run.results())
        .extracting(AlertEvent::status)
        .containsExactly(AlertStatus.FIRING, AlertStatus.RESOLVED);
    assertThat(run.results().get(1).alertId()).isEqualTo(firstId());
    assertThat(run.stateEntries()).isZero();
  }

  @Test
  void aSampleThatIsReadAgainAfterARestartChangesNothing() throws Exception {
    fire();
    run.restart(function(SLOW), 1);
    minute(1, 200);
    minute(2, 300);
    minute(3, 50);
    assertThat(run.results())
        .extracting(AlertEvent::status)
        .containsExactly(AlertStatus.FIRING, AlertStatus.RESOLVED);
  }

  @Test
  void forgetsARuleThatIsGoneSinceTheSavepoint() throws Exception {
    fire();
    run.restart(function(SLOWER), 1);
    minute(3, 200);
    run.watermark(60 * MINUTE);
    assertThat(run.results()).as("nobody is told of a rule that is gone").hasSize(1);
    assertThat(run.stateEntries()).isZero();
    assertThat(run.timers()).isZero();
  }

  @Test
  void goesOnWithARuleWhoseThresholdWasChanged() throws Exception {
    fire();
    run.restart(function(rule("Slow", "p99_ms > 500", Duration.ofMinutes(2))), 1);
    minute(3, 200);
    assertThat(run.results())
        .extracting(AlertEvent::status)
        .containsExactly(AlertStatus.FIRING, AlertStatus.RESOLVED);
    assertThat(run.results().get(1).alertId()).isEqualTo(firstId());
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void restartsAtAnyMomentChangeNothing(long seed) throws Exception {
    List<LatencyWindow> samples = samples(seed);
    feed(samples, 0);
    List<AlertEvent> uninterrupted = run.results();
    assertThat(uninterrupted).hasSizeGreaterThan(10);
    run.close();
    run = start(SLOW, SLOWER);
    feed(samples, 40);
    assertThat(run.results()).containsExactlyInAnyOrderElementsOf(uninterrupted);
    assertThat(run.stateEntries()).isZero();
    assertThat(run.timers()).isZero();
  }

  /**
   * @param restartEach restarts after so many samples, with changing parallelism; 0: never
   */
  private void feed(List<LatencyWindow> samples, int restartEach) throws Exception {
    if (restartEach == 0) {
      run.close();
      run = start(SLOW, SLOWER);
    }
    for (int i = 0; i < samples.size(); i++) {
      if (restartEach > 0 && i % restartEach == restartEach - 1) {
        run.restart(function(SLOW, SLOWER), 1 + i % 3);
        run.watermark(samples.get(i - 1).windowEndMs() - 1);
      }
      LatencyWindow sample = samples.get(i);
      run.watermark(sample.windowEndMs() - 1);
      run.add(sample, sample.windowEndMs() - 1);
    }
    run.watermark(Long.MAX_VALUE);
  }

  /** Three endpoints that are slow for a while, well for a while, silent for a while. */
  private static List<LatencyWindow> samples(long seed) {
    Random random = new Random(seed);
    List<LatencyWindow> samples = new ArrayList<>();
    int[] mood = new int[3];
    for (int half = 1; half < 400; half++) {
      for (int endpoint = 0; endpoint < 3; endpoint++) {
        if (random.nextInt(8) == 0) {
          mood[endpoint] = random.nextInt(4);
        }
        if (mood[endpoint] < 3) {
          double p99Ms = List.of(50.0, 200.0, 2_000.0).get(mood[endpoint]);
          samples.add(window("/" + endpoint, half * MINUTE / 2, p99Ms));
        } else if (random.nextInt(30) > 0) {
          mood[endpoint] = 3; // silent for long
        }
      }
    }
    return samples;
  }

  private void fire() throws Exception {
    minute(0, 200);
    minute(1, 200);
    minute(2, 200);
    assertThat(run.results()).hasSize(1);
  }

  /** The window that ends at that minute, and the watermark behind it. */
  private void minute(long minute, double p99Ms) throws Exception {
    run.add(window("/e", minute * MINUTE, p99Ms), minute * MINUTE - 1);
    run.watermark(minute * MINUTE - 1);
  }

  private String firstId() {
    return run.results().get(0).alertId();
  }

  private static LatencyWindow window(String endpoint, long endMs, double p99Ms) {
    return new LatencyWindow(
        "s", endpoint, "GET", endMs - MINUTE, endMs, 10, 1, 0, 0, 1, 1, 1, 1, p99Ms, p99Ms);
  }

  private static AlertRule rule(String name, String expr, Duration holdFor) {
    return AlertRule.named(name, Expression.parse(expr))
        .holdFor(holdFor)
        .labels(Map.of("severity", "warning"))
        .build();
  }

  private static AlertFunction<EndpointKey, LatencyWindow> function(AlertRule... rules) {
    return new AlertFunction<>(List.of(rules), new LatencySeries());
  }

  private static KeyedRun<EndpointKey, LatencyWindow, AlertEvent> start(AlertRule... rules)
      throws Exception {
    return new KeyedRun<>(
        function(rules),
        window -> new EndpointKey(window.service(), window.endpoint(), window.method()),
        TypeInformation.of(EndpointKey.class));
  }
}
