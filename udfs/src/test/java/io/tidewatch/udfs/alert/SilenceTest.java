package io.tidewatch.udfs.alert;

import static io.tidewatch.udfs.alert.AlertRun.MINUTE;
import static io.tidewatch.udfs.alert.AlertRun.window;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.tidewatch.schemas.derived.AlertEvent;
import io.tidewatch.schemas.derived.AlertPhase;
import io.tidewatch.schemas.derived.AlertSnapshot;
import io.tidewatch.schemas.derived.AlertStatus;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Series that fall silent, alone or all of them; and alerts that hide others. */
class SilenceTest {
  private static final Map<String, String> RULES = Map.of("Silent", "p99_ms > 100 absent PT5M");

  private AlertRun run;

  @BeforeEach
  void start() throws Exception {
    run = new AlertRun(RULES);
    run.add(window("/a", 0, 50));
    run.add(window("/b", 0, 50));
  }

  @AfterEach
  void stop() throws Exception {
    run.close();
  }

  @Test
  void oneSeriesIsSilentWhenOthersGoOn() throws Exception {
    for (int minute = 1; minute <= 6; minute++) {
      run.pass(Duration.ofMinutes(1));
      run.watermark(minute * MINUTE - 1);
      run.add(window("/b", minute * MINUTE, 50));
    }
    assertThat(run.results())
        .singleElement()
        .satisfies(
            event -> {
              assertThat(event.status()).isEqualTo(AlertStatus.NO_DATA);
              assertThat(event.labels()).containsEntry("endpoint", "/a");
              assertThat(event.firedAtMs()).isEqualTo(5 * MINUTE);
              assertThat(event.value()).isNull();
            });
    assertThat(run.states()).last().extracting(AlertSnapshot::phase).isEqualTo(AlertPhase.NO_DATA);

    run.add(window("/a", 7 * MINUTE, 50));
    assertThat(run.results())
        .extracting(AlertEvent::status)
        .containsExactly(AlertStatus.NO_DATA, AlertStatus.RESOLVED);
  }

  @Test
  void allSeriesAreSilentWhenTheTopicIsAndTheEventsSayWhichItIs() throws Exception {
    run.pass(Duration.ofMinutes(5).minusMillis(1));
    assertThat(run.results()).isEmpty();
    run.pass(Duration.ofMillis(1));
    assertThat(run.results()).hasSize(2);
    assertThat(run.results()).extracting(AlertEvent::status).containsOnly(AlertStatus.NO_DATA);
    String ofTopic = run.results().get(0).reason();
    oneSeriesIsSilentIn(new AlertRun(RULES), ofTopic);
    assertThat(run.clockTimers()).as("nothing more to wait for").isZero();
  }

  private static void oneSeriesIsSilentIn(AlertRun other, String ofTopic) throws Exception {
    try (other) {
      other.add(window("/a", 0, 50));
      other.watermark(20 * MINUTE);
      assertThat(other.results())
          .singleElement()
          .satisfies(event -> assertThat(event.reason()).isNotEqualTo(ofTopic));
    }
  }

  @Test
  void nobodyIsSilentWhileEventTimePasses() throws Exception {
    for (int minute = 1; minute <= 4; minute++) {
      run.pass(Duration.ofMinutes(3));
      run.watermark(minute * MINUTE - 1);
    }
    assertThat(run.results()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void theTimeInWhichTheJobWasAwayIsNoSilence(int parallelism) throws Exception {
    run.away(Duration.ofHours(5));
    run.restart(RULES, parallelism);
    run.pass(Duration.ofMinutes(1));
    assertThat(run.results()).isEmpty();
    run.pass(Duration.ofMinutes(5));
    run.pass(Duration.ofMinutes(5));
    assertThat(run.results()).as("now they are").hasSize(2);
  }

  @Test
  void theEndOfTheInputIsNoSilence() throws Exception {
    run.watermark(Long.MAX_VALUE);
    assertThat(run.results()).isEmpty();
    assertThat(run.timers()).isZero();
  }

  @Test
  void oneTimerOfTheClockASeriesHoweverOftenItSends() throws Exception {
    for (int second = 1; second < 100; second++) {
      run.pass(Duration.ofSeconds(1));
      run.add(window("/a", second * 1_000L, 50));
      assertThat(run.clockTimers()).isEqualTo(2);
    }
  }

  @Test
  void aWorseAlertHidesTheOtherAboutTheSame() throws Exception {
    run.close();
    run =
        new AlertRun(Map.of("Slow", "p99_ms > 100", "VerySlow", "p99_ms > 1000 severity critical"));
    run.minute(1, 5_000);
    assertThat(run.results()).extracting(AlertEvent::rule).containsExactly("VerySlow", "Slow");
    assertThat(run.results().get(1).status()).isEqualTo(AlertStatus.SUPPRESSED);
    assertThat(run.results().get(1).notifies()).isFalse();
    run.minute(2, 500);
    assertThat(run.results().subList(2, 4))
        .as("the worse one is over, and people hear of the other")
        .extracting(AlertEvent::rule, AlertEvent::notifies)
        .containsExactly(tuple("VerySlow", true), tuple("Slow", true));
  }
}
