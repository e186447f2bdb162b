package io.tidewatch.analytics.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.tidewatch.analytics.decide.DecisionRule;
import io.tidewatch.analytics.decide.ThresholdRule;
import java.time.Duration;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** When models are trained, and of what. */
class ModelRulesTest {
  private static final long HOUR_MS = 3_600_000;
  private static final TrainingRule TRAINING =
      new TrainingRule(200, 1_000, Duration.ofHours(1), 0.2, 500);
  private static final HistoryRule HISTORY = new HistoryRule(2_000, Duration.ofHours(6), 0.5);
  private static final ThresholdRule THRESHOLD = new ThresholdRule(0.99, 1, 0.55);
  private static final DecisionRule DECISION = new DecisionRule(Duration.ofHours(1), 0);
  private static final ForestRule FOREST = new ForestRule("built-in", 100, 256, 0, 1);

  @Test
  void theFirstModelWaitsForItsRows() {
    assertThat(TRAINING.due(false, 199, 199, HOUR_MS, 9)).isNull();
    assertThat(TRAINING.due(false, 200, 200, 0, Double.NaN)).isEqualTo(TrainingCause.WARM_UP);
  }

  @Test
  void theNextComesByCountByAgeOrByDrift() {
    assertThat(TRAINING.due(true, 200, 999, HOUR_MS - 1, 0.2)).isNull();
    assertThat(TRAINING.due(true, 200, 999, HOUR_MS - 1, Double.NaN)).isNull();
    assertThat(TRAINING.due(true, 200, 1_000, 0, 0)).isEqualTo(TrainingCause.COUNT);
    assertThat(TRAINING.due(true, 200, 1, HOUR_MS, 0)).isEqualTo(TrainingCause.AGE);
    assertThat(TRAINING.due(true, 200, 1, 0, 0.21)).isEqualTo(TrainingCause.DRIFT);
    assertThat(TRAINING.due(true, 200, 1, -HOUR_MS, 0)).isNull();
  }

  @Test
  void aModelFromElsewhereIsNotReplacedByOneOfFewRows() {
    assertThat(TRAINING.due(true, 199, 1_000, HOUR_MS, 9)).isNull();
    assertThat(TRAINING.due(false, 199, 1_000, HOUR_MS, 9)).isNull();
  }

  @Test
  void zeroIsNever() {
    TrainingRule never = new TrainingRule(200, 0, Duration.ZERO, 0, 500);
    assertThat(never.due(true, 200, Long.MAX_VALUE, Long.MAX_VALUE, 100)).isNull();
  }

  @Test
  void decilesPartTheScoresOfATraining() {
    double[] scores = IntStream.rangeClosed(0, 1000).mapToDouble(i -> 0.4 + i * 1e-4).toArray();
    assertThat(PopulationStability.deciles(scores))
        .containsExactly(new double[] {.41, .42, .43, .44, .45, .46, .47, .48, .49}, within(1e-9));
  }

  @Test
  void seedsDifferByKeyAndTime() {
    assertThat(FOREST.settings("host", 1)).isEqualTo(FOREST.settings("host", 1));
    assertThat(FOREST.settings("host", 1).seed())
        .isNotEqualTo(FOREST.settings("host", 2).seed())
        .isNotEqualTo(FOREST.settings("press", 1).seed())
        .isNotEqualTo(new ForestRule("built-in", 100, 256, 0, 2).settings("host", 1).seed());
  }

  @Test
  void refusesWhatCannotBeMeant() {
    assertRefused(
        () -> new TrainingRule(99, 0, Duration.ZERO, 0, 500),
        "warm_up_rows: must be ≥ 100, was 99");
    assertRefused(
        () -> new TrainingRule(100, 5, Duration.ZERO, 0, 500), "every_rows: must be ≥ 100, was 5");
    assertRefused(
        () -> new TrainingRule(100, 0, Duration.ofSeconds(-1), 0, 500),
        "every_age: must be ≥ PT0S, was PT-1S");
    assertRefused(
        () -> new TrainingRule(100, 0, Duration.ZERO, Double.NaN, 500),
        "drift_psi: must be ≥ 0, was NaN");
    assertRefused(
        () -> new TrainingRule(100, 0, Duration.ZERO, 0, 1), "drift_rows: must be ≥ 100, was 1");
    assertRefused(
        () -> new HistoryRule(99, Duration.ofHours(1), 0), "rows: must be 100 to 16384, was 99");
    assertRefused(
        () -> new HistoryRule(100, Duration.ZERO, 0), "half_life: must be ≥ PT1S, was PT0S");
    assertRefused(
        () -> new HistoryRule(100, Duration.ofHours(1), 1.5),
        "max_imputed_ratio: must be 0 to 1, was 1.5");
    assertRefused(
        () -> new ForestRule("", 100, 256, 0, 1),
        "engine: must be the name of an engine, was empty");
    assertRefused(
        () -> new ForestRule("built-in", 0, 256, 0, 1), "trees: must be 1 to 1000, was 0");
  }

  @Test
  void refusesSettingsThatDoNotFitEachOther() {
    Duration week = Duration.ofDays(7);
    HistoryRule few = new HistoryRule(100, Duration.ofHours(1), 0);
    assertThat(
            new ModelSettings(
                ModelScope.FLEET, FOREST, HISTORY, TRAINING, THRESHOLD, DECISION, 3, 8, week))
        .isNotNull();
    assertRefused(
        () ->
            new ModelSettings(
                ModelScope.FLEET, FOREST, few, TRAINING, THRESHOLD, DECISION, 3, 8, week),
        "training.warm_up_rows: must be ≤ history.rows (100), was 200");
    assertRefused(
        () ->
            new ModelSettings(
                ModelScope.FLEET, FOREST, HISTORY, TRAINING, THRESHOLD, DECISION, -1, 8, week),
        "kept_versions: must be 0 to 100, was -1");
    assertRefused(
        () ->
            new ModelSettings(
                ModelScope.FLEET, FOREST, HISTORY, TRAINING, THRESHOLD, DECISION, 3, 0, week),
        "cached_forests: must be ≥ 1, was 0");
    assertRefused(
        () ->
            new ModelSettings(
                ModelScope.FLEET,
                FOREST,
                HISTORY,
                TRAINING,
                THRESHOLD,
                DECISION,
                3,
                8,
                Duration.ofDays(1)),
        "forget_after: must be > P1D, was PT24H");
  }

  private static void assertRefused(ThrowingCallable making, String message) {
    assertThatThrownBy(making).isInstanceOf(IllegalArgumentException.class).hasMessage(message);
  }
}
