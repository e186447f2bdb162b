package io.tidewatch.udfs.alert;

import static io.tidewatch.udfs.alert.AlertRun.MINUTE;
import static io.tidewatch.udfs.alert.AlertRun.window;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.tidewatch.schemas.derived.AlertEvent;
import io.tidewatch.schemas.derived.AlertPhase;
import io.tidewatch.schemas.derived.AlertSnapshot;
import io.tidewatch.schemas.derived.AlertStatus;
import io.tidewatch.schemas.derived.LatencyWindow;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules of files; those that are told while the job runs are in {@link RuleChangesTest}. */
class AlertFunctionHarnessTest {
  private static final Map<String, String> SLOW = Map.of("Slow", "p99_ms > 100 for PT2M");
  private static final Map<String, String> BOTH =
      Map.of("Slow", "p99_ms > 100 for PT2M", "Slower", "p99_ms > 1000");

  private AlertRun run;

  @BeforeEach
  void start() throws Exception {
    run = new AlertRun(SLOW);
  }

  @AfterEach
  void stop() throws Exception {
    run.close();
  }

  @Test
  void firesWhenTheConditionHasHeldForLongEnough() throws Exception {
    run.minute(0, 200);
    run.minute(1, 200);
    assertThat(run.results()).isEmpty();
    assertThat(run.stateEntries()).as("pending, and its timer").isEqualTo(2);
    run.minute(2, 300);
    run.minute(3, 400);

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
  }

  @Test
  void resolvesUnderTheSameIdWhenTheConditionEnds() throws Exception {
    fire();
    run.minute(3, 50);
    assertThat(run.results())
        .extracting(AlertEvent::status)
        .containsExactly(AlertStatus.FIRING, AlertStatus.RESOLVED);
    assertThat(run.results()).extracting(AlertEvent::alertId).allMatch(firstId()::equals);
    assertThat(run.results()).extracting(AlertEvent::eventId).doesNotHaveDuplicates();
    assertThat(run.results().get(1).resolvedAtMs()).isEqualTo(3 * MINUTE);
  }

  @Test
  void tellsEachPhaseOnceAndATombstoneWhenNothingIsLeft() throws Exception {
    fire();
    run.minute(3, 50);
    run.watermark(60 * MINUTE);
    assertThat(run.states())
        .extracting(AlertSnapshot::phase)
        .containsExactly(AlertPhase.PENDING, AlertPhase.FIRING, AlertPhase.RESOLVED, null);
    assertThat(run.states())
        .extracting(AlertSnapshot::fingerprint)
        .containsOnly(run.results().get(0).fingerprint());
    assertThat(run.states().get(1).changedAtMs()).isEqualTo(2 * MINUTE);
  }

  @Test
  void saysNothingWhenThePendingConditionEnds() throws Exception {
    run.minute(0, 200);
    run.minute(1, 50);
    run.minute(2, 200);
    run.minute(3, 200);
    assertThat(run.results()).isEmpty();
  }

  @Test
  void keepsNoStateOfASeriesThatIsWell() throws Exception {
    for (int minute = 0; minute < 20; minute++) {
      run.minute(minute, 50);
    }
    assertThat(run.stateEntries()).isZero();
    assertThat(run.timers()).isZero();
    assertThat(run.states()).isEmpty();
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
    run.minute(0, 200);
    run.watermark(60 * MINUTE);
    assertThat(run.results()).isEmpty();
    assertThat(run.stateEntries()).isZero();
    assertThat(run.timers()).isZero();
  }

  @Test
  void forgetsAnEpisodeThatIsOver() throws Exception {
    fire();
    run.minute(3, 50);
    run.watermark(60 * MINUTE);
    assertThat(run.results()).hasSize(2);
    assertThat(run.stateEntries()).isZero();
    assertThat(run.timers()).isZero();
  }

  @Test
  void needsFewTimersForAnAlertHoweverManySamplesItSees() throws Exception {
    for (int minute = 0; minute < 30; minute++) {
      run.minute(minute, 200);
      assertThat(run.timers()).isBetween(1, 2);
    }
    assertThat(run.results()).hasSize(1);
  }

  @Test
  void correctionsNeitherFireNorResolveNorKeepASeriesAwake() throws Exception {
    fire();
    for (int minute = 0; minute <= 2; minute++) {
      run.add(window("/e", minute * MINUTE, 50).revised(1));
      run.add(window("/quiet", minute * MINUTE, 500).revised(minute + 1));
    }
    assertThat(run.results()).as("what was told stands").hasSize(1);
    assertThat(run.stateEntries()).as("of the series that fires").isEqualTo(2);
    run.add(window("/e", 3 * MINUTE, 500).revised(1));
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
    run =
        new AlertRun(
            Map.of(
                "Slow", "p99_ms > 100 for PT2M",
                "Slower", "p99_ms > 1000",
                "PostOnly", "p99_ms{method=\"POST\"} > 100"));
    run.add(window("/a", 0, 5_000));
    run.add(window("/b", 0, 200));
    assertThat(run.results())
        .singleElement()
        .satisfies(
            event -> {
              assertThat(event.rule()).isEqualTo("Slower");
              assertThat(event.labels()).containsEntry("endpoint", "/a");
            });
    assertThat(run.stateEntries()).as("of two series, each with its timer").isEqualTo(4);
  }

  @Test
  void tenThousandSeriesThatCrossInTheSameSecondAreAllTold() throws Exception {
    run.close();
    run = new AlertRun(Map.of("Slower", "p99_ms > 1000"));
    for (int endpoint = 0; endpoint < 10_000; endpoint++) {
      run.add(window("/" + endpoint, MINUTE, 5_000));
    }
    assertThat(run.results()).hasSize(10_000);
    assertThat(run.results()).extracting(AlertEvent::fingerprint).doesNotHaveDuplicates();
    run.watermark(60 * MINUTE);
    assertThat(run.results()).as("and resolved by silence").hasSize(20_000);
    assertThat(run.stateEntries()).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void aRestartWhilePendingNeitherLosesNorRepeats(int parallelism) throws Exception {
    run.minute(0, 200);
    run.minute(1, 200);
    run.restart(SLOW, parallelism);
    run.minute(2, 200);
    run.minute(3, 50);
    assertThat(run.results())
        .extracting(AlertEvent::status, AlertEvent::startedAtMs)
        .containsExactly(tuple(AlertStatus.FIRING, 0L), tuple(AlertStatus.RESOLVED, 0L));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void aRestartWhileFiringNeitherLosesNorRepeats(int parallelism) throws Exception {
    fire();
    run.restart(SLOW, parallelism);
    run.minute(3, 200);
    assertThat(run.results()).hasSize(1);
    run.restart(SLOW, 1);
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
    run.restart(SLOW, 1);
    run.minute(1, 200);
    run.minute(2, 300);
    run.minute(3, 50);
    assertThat(run.results())
        .extracting(AlertEvent::status)
        .containsExactly(AlertStatus.FIRING, AlertStatus.RESOLVED);
  }

  @ParameterizedTest
  @CsvSource({"1,false", "2,false", "3,false", "4,false", "5,true", "6,true"})
  void restartsAtAnyMomentChangeNothing(long seed, boolean onDisk) throws Exception {
    List<LatencyWindow> samples = samples(seed);
    List<AlertEvent> uninterrupted = fed(samples, 0, onDisk);
    assertThat(uninterrupted).hasSizeGreaterThan(10);
    assertThat(fed(samples, 40, onDisk)).containsExactlyInAnyOrderElementsOf(uninterrupted);
    assertThat(run.timers()).isZero();
    if (!onDisk) {
      assertThat(run.stateEntries()).isZero();
    }
  }

  /**
   * @param restartEach restarts after so many samples, with changing parallelism; 0: never
   */
  private List<AlertEvent> fed(List<LatencyWindow> samples, int restartEach, boolean onDisk)
      throws Exception {
    run.close();
    run =
        new AlertRun(
            BOTH, onDisk ? new EmbeddedRocksDBStateBackend(false) : new HashMapStateBackend());
    for (int i = 0; i < samples.size(); i++) {
      if (restartEach > 0 && i % restartEach == restartEach - 1) {
        run.restart(BOTH, 1 + i % 3);
        run.watermark(samples.get(i - 1).windowEndMs() - 1);
      }
      LatencyWindow sample = samples.get(i);
      run.watermark(sample.windowEndMs() - 1);
      run.add(sample);
    }
    run.watermark(Long.MAX_VALUE);
    return run.results();
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
    run.minute(0, 200);
    run.minute(1, 200);
    run.minute(2, 200);
    assertThat(run.results()).hasSize(1);
  }

  private String firstId() {
    return run.results().get(0).alertId();
  }
}
