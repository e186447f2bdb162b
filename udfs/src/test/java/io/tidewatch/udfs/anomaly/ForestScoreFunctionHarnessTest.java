package io.tidewatch.udfs.anomaly;

import static io.tidewatch.udfs.anomaly.ScoringRun.NAMES;
import static io.tidewatch.udfs.anomaly.ScoringRun.START_MS;
import static io.tidewatch.udfs.anomaly.ScoringRun.WARM_UP;
import static io.tidewatch.udfs.anomaly.ScoringRun.function;
import static io.tidewatch.udfs.anomaly.ScoringRun.once;
import static io.tidewatch.udfs.anomaly.ScoringRun.planted;
import static io.tidewatch.udfs.anomaly.ScoringRun.usual;
import static io.tidewatch.udfs.anomaly.ScoringRun.vector;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tidewatch.analytics.model.ModelScope;
import io.tidewatch.analytics.model.TrainingRule;
import io.tidewatch.schemas.codec.Decoded;
import io.tidewatch.schemas.codec.ModelMessageCodec;
import io.tidewatch.schemas.derived.AnomalyScore;
import io.tidewatch.schemas.derived.FeatureVector;
import io.tidewatch.schemas.derived.ModelState;
import io.tidewatch.schemas.derived.ModelStatus;
import io.tidewatch.schemas.derived.Severity;
import io.tidewatch.schemas.derived.Suppression;
import io.tidewatch.schemas.forest.ForestArtifact;
import io.tidewatch.schemas.forest.ModelMessage;
import io.tidewatch.schemas.forest.ModelRollback;
import io.tidewatch.schemas.forest.ModelUpdate;
import io.tidewatch.schemas.reject.RejectReason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ForestScoreFunctionHarnessTest {
  private static final Duration NEVER = Duration.ZERO;
  private static final double[] NOTHING = {
    Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN
  };

  private ScoringRun run;

  @AfterEach
  void close() throws Exception {
    run.close();
  }

  private void start(TrainingRule training) throws Exception {
    start(training, Map.of());
  }

  private void start(TrainingRule training, Map<String, byte[]> atStart) throws Exception {
    run = new ScoringRun(function(training, atStart), ModelScope.FLEET);
  }

  @Test
  void warmsUpThenScores() throws Exception {
    start(once());
    run.rows("p-1", 0, WARM_UP + 1);
    List<AnomalyScore> scores = run.scores();
    assertThat(scores.get(0).status())
        .isEqualTo(new ModelStatus(ModelState.WARMING_UP, null, 0, WARM_UP));
    assertThat(scores.get(WARM_UP - 1).status().rows()).isEqualTo(WARM_UP - 1);
    assertThat(scores.subList(0, WARM_UP))
        .allMatch(score -> Double.isNaN(score.score()) && !score.anomaly());
    AnomalyScore first = scores.get(WARM_UP);
    assertThat(first.status().state()).isEqualTo(ModelState.ACTIVE);
    assertThat(first.status().version()).isEqualTo(told(0).version());
    assertThat(first.score()).isBetween(0.3, 0.8);
    assertThat(first.metric()).isEqualTo(AnomalyScore.ROW);
    assertThat(run.told()).singleElement().matches(model -> model.modelKey().equals("press"));
    assertThat(told(0).rows()).isEqualTo(WARM_UP);
    assertThat(run.counters().warmingUp.getCount()).isEqualTo(WARM_UP);
    assertThat(run.counters().scored.getCount()).isEqualTo(1);
    assertThat(run.counters().trained.getCount()).isEqualTo(1);
  }

  @Test
  void flagsWhatIsUnlikeTheRestAndSaysByWhat() throws Exception {
    start(once());
    run.rows("p-1", 0, 2 * WARM_UP);
    AnomalyScore anomaly = run.row(planted("p-1", 2 * WARM_UP));
    assertThat(anomaly.anomaly()).isTrue();
    assertThat(anomaly.score()).isGreaterThan(anomaly.threshold());
    assertThat(anomaly.severity()).isEqualTo(Severity.CRITICAL);
    assertThat(anomaly.context().rows()).isEqualTo(WARM_UP);
    assertThat(anomaly.context().percentile()).isGreaterThan(99);
    assertThat(anomaly.attribution().getOrDefault("a_mean", 0.0)).isLessThan(0.2);
    assertThat(anomaly.attribution().values().stream().mapToDouble(x -> x).sum())
        .isCloseTo(1, within(1e-9));
    assertThat(run.counters().anomalies.getCount()).isPositive();
  }

  @Test
  void tellsAnEpisodeOfADeviceOnceAndAgainAfterTheCooldown() throws Exception {
    Duration minute = Duration.ofMinutes(1);
    run = new ScoringRun(ScoringRun.quiet(minute), ModelScope.FLEET);
    run.rows("p-1", 0, 2 * WARM_UP);
    List<AnomalyScore> scores = new ArrayList<>();
    for (int second = 0; second < 130; second++) {
      if (second == 90) {
        run.restart(ScoringRun.quiet(minute));
      }
      scores.add(run.row(planted("p-2", 2 * WARM_UP + second)));
    }
    int toldAt = -60;
    Severity toldAs = Severity.INFO;
    int tellings = 0;
    for (int second = 0; second < 130; second++) {
      AnomalyScore score = scores.get(second);
      boolean told = second - toldAt >= 60 || score.severity().compareTo(toldAs) > 0;
      if (told) {
        toldAt = second;
        toldAs = score.severity();
        tellings++;
      }
      assertThat(score.anomaly()).as("second %d", second).isEqualTo(told);
      assertThat(score.suppressed()).isEqualTo(told ? null : Suppression.COOLDOWN);
      assertThat(score.score()).isGreaterThan(score.threshold());
      assertThat(score.attribution()).isNotEmpty();
    }
    assertThat(scores.get(0).anomaly()).as("the row that opens it").isTrue();
    assertThat(scores.get(60).anomaly()).as("after the cooldown").isTrue();
    assertThat(tellings).as("three a cooldown at most, one a severity").isBetween(3, 8);
    assertThat(run.counters().anomalies.getCount() + run.counters().suppressed.getCount())
        .as("since the restart")
        .isEqualTo(40);
    assertThat(run.row(planted("p-3", 2 * WARM_UP + 130)).anomaly()).as("another device").isTrue();
    assertThat(run.row(planted("p-2", 2 * WARM_UP + toldAt).revised(1)).anomaly())
        .as("a correction of the row that was told")
        .isTrue();
    run.watermark(START_MS + Duration.ofDays(3).toMillis());
    assertThat(run.stateEntries()).isZero();
  }

  @Test
  void aSensorThatNeverMovedAndJumpsIsTheAnomaly() throws Exception {
    start(once());
    for (int i = 0; i <= WARM_UP; i++) {
      FeatureVector still = usual("p-1", i);
      still.features()[2] = 7;
      assertThat(run.row(still).anomaly()).isFalse();
    }
    FeatureVector jump = usual("p-1", WARM_UP + 1);
    jump.features()[2] = 7.001;
    assertThat(run.row(jump).anomaly()).isTrue();
    assertThat(run.row(jump.revised(1)).attribution()).isEqualTo(Map.of("c_mean", 1.0));
  }

  @Test
  void theSameRowsGiveTheSameScoresAcrossARestart() throws Exception {
    TrainingRule often = new TrainingRule(WARM_UP, 200, NEVER, 0.2, 100);
    start(often);
    run.rows("p-1", 0, 700);
    List<AnomalyScore> undisturbed = run.scores();
    run.close();
    for (int at : new int[] {WARM_UP - 1, WARM_UP, 410}) {
      start(often);
      run.rows("p-1", 0, at);
      run.restart(function(often, Map.of()));
      run.rows("p-1", at, 700 - at);
      assertThat(run.scores()).isEqualTo(undisturbed);
      run.close();
    }
    start(often);
    assertThat(undisturbed.stream().map(score -> score.status().version()).distinct().count())
        .as("several models")
        .isGreaterThan(3);
  }

  @Test
  void trainsAgainByCountAndByAge() throws Exception {
    start(new TrainingRule(WARM_UP, 100, NEVER, 0, 100));
    run.rows("p-1", 0, WARM_UP + 250);
    assertThat(run.told()).hasSize(3);
    run.close();
    start(new TrainingRule(WARM_UP, 0, Duration.ofSeconds(60), 0, 100));
    run.rows("p-1", 0, WARM_UP + 130);
    assertThat(run.told()).hasSize(3);
  }

  @Test
  void trainsAgainWhenScoresDrift() throws Exception {
    start(new TrainingRule(WARM_UP, 0, NEVER, 0.5, 100));
    run.rows("p-1", 0, WARM_UP);
    for (int i = 0; i < 100; i++) {
      FeatureVector moved = usual("p-1", WARM_UP + i);
      moved.features()[0] += 3;
      moved.features()[3] += 3;
      run.row(moved);
    }
    assertThat(run.told()).hasSize(2);
  }

  @Test
  void keepsFormerVersionsAndGoesBackToThem() throws Exception {
    start(new TrainingRule(WARM_UP, 100, NEVER, 0, 100));
    run.rows("p-1", 0, WARM_UP + 300);
    String second = told(1).version();
    run.update(rollback(second));
    assertThat(run.row(usual("p-1", 500)).status().version()).isEqualTo(second);
    assertThat(run.told()).hasSize(5);
    assertThat(run.told().get(4)).usingRecursiveComparison().isEqualTo(run.told().get(1));
    assertThat(run.counters().rolledBack.getCount()).isEqualTo(1);
    assertThat(run.rejected()).isEmpty();
  }

  @Test
  void refusesAVersionThatIsNotKeptWhileTheModelGoesOn() throws Exception {
    start(new TrainingRule(WARM_UP, 100, NEVER, 0, 100));
    run.rows("p-1", 0, WARM_UP + 300);
    String newest = told(3).version();
    run.update(rollback(told(0).version()));
    assertThat(run.rejected())
        .singleElement()
        .satisfies(
            rejected -> {
              assertThat(rejected.reason()).isEqualTo(RejectReason.UNKNOWN_VERSION);
              assertThat(rejected.detail())
                  .isEqualTo(
                      "version: must be one that is kept (%s, %s, %s), was '%s'"
                          .formatted(
                              told(1).version(), told(2).version(), newest, told(0).version()));
              assertThat(rejected.offset()).isEqualTo(7);
            });
    assertThat(run.row(usual("p-1", 500)).status().version()).isEqualTo(newest);
    assertThat(run.told()).as("the artifact stands in the topic again").hasSize(5);
    assertThat(run.counters().unknownVersions.getCount()).isEqualTo(1);
  }

  @Test
  void takesAnArtifactBetweenTwoRows() throws Exception {
    start(once());
    run.rows("p-2", 0, WARM_UP);
    byte[] other = run.told().get(0).document();
    run.close();
    start(once());
    run.rows("p-1", 0, WARM_UP + 5);
    String own = told(0).version();
    run.update(artifact(other, false));
    AnomalyScore next = run.row(usual("p-1", 400));
    assertThat(next.status().version()).isNotEqualTo(own).isEqualTo(read(other).version());
    run.update(rollback(own));
    assertThat(run.row(usual("p-1", 401)).status().version()).isEqualTo(own);
    assertThat(run.counters().imported.getCount()).isEqualTo(1);
  }

  @Test
  void anImportedModelScoresAKeyThatHasSeenNothing() throws Exception {
    start(once());
    run.rows("p-2", 0, WARM_UP);
    byte[] other = run.told().get(0).document();
    run.close();
    start(once());
    run.update(artifact(other, false));
    AnomalyScore first = run.row(usual("p-1", 0));
    assertThat(first.status().state()).isEqualTo(ModelState.ACTIVE);
    assertThat(first.score()).isPositive();
  }

  @Test
  void passesOverWhatAJobTold() throws Exception {
    start(once());
    run.rows("p-2", 0, WARM_UP);
    byte[] other = run.told().get(0).document();
    run.close();
    start(once());
    run.rows("p-1", 0, 10);
    run.update(artifact(other, true));
    assertThat(run.row(usual("p-1", 10)).status().state()).isEqualTo(ModelState.WARMING_UP);
    assertThat(run.counters().own.getCount()).isEqualTo(1);
  }

  @Test
  void startsWithWhatIsKnownAndBelievesTheStateBefore() throws Exception {
    start(once());
    run.rows("p-2", 0, WARM_UP);
    Map<String, byte[]> known = Map.of("press", run.told().get(0).document());
    run.close();
    start(once(), known);
    assertThat(run.row(usual("p-1", 0)).status().state()).isEqualTo(ModelState.ACTIVE);
    run.close();
    start(once());
    run.rows("p-1", 0, 10);
    run.restart(function(once(), known));
    assertThat(run.row(usual("p-1", 10)).status().state()).isEqualTo(ModelState.WARMING_UP);
  }

  @Test
  void aKeyOfOtherFeaturesBeginsAnew() throws Exception {
    start(once());
    run.rows("p-1", 0, WARM_UP + 1);
    List<String> more = List.of("a_mean", "b_mean", "c_mean", "d_mean", "e_mean");
    run.restart(function(ModelScope.FLEET, once(), more, Map.of()));
    AnomalyScore next = run.row(usual("p-1", 300));
    assertThat(next.status()).isEqualTo(new ModelStatus(ModelState.WARMING_UP, null, 0, WARM_UP));
    assertThat(run.counters().dropped.getCount()).isEqualTo(1);
    run.rows("p-1", 301, WARM_UP);
    assertThat(run.row(usual("p-1", 600)).status().state()).isEqualTo(ModelState.ACTIVE);
    assertThat(run.timers()).isEqualTo(1);
  }

  @Test
  void rowsWithoutValuesCorrectionsAndImputedRowsAreToldAndNotLearnt() throws Exception {
    start(once());
    run.rows("p-1", 0, WARM_UP);
    AnomalyScore nothing = run.row(vector("p-1", WARM_UP, NOTHING));
    assertThat(nothing.score()).isNaN();
    assertThat(nothing.anomaly()).isFalse();
    assertThat(nothing.status().state()).isEqualTo(ModelState.ACTIVE);
    assertThat(run.counters().withoutValue.getCount()).isEqualTo(1);

    AnomalyScore correction = run.row(usual("p-1", WARM_UP - 1).revised(2));
    assertThat(correction.revision()).isEqualTo(2);
    assertThat(correction.score()).isPositive();

    FeatureVector filled = usual("p-1", WARM_UP + 1);
    filled.features()[4] = 0.6;
    assertThat(run.row(filled).imputed()).isTrue();
    assertThat(run.counters().notLearnt.getCount()).isEqualTo(3);

    FeatureVector littleFilled = usual("p-1", WARM_UP + 2);
    littleFilled.features()[4] = 0.1;
    AnomalyScore last = run.row(littleFilled);
    assertThat(last.imputed()).isTrue();
    assertThat(last.context().rows()).as("of the filled row alone").isEqualTo(1);
    assertThat(run.counters().notLearnt.getCount()).isEqualTo(3);
  }

  @Test
  void aDeviceThatDropsAFieldIsScoredByTheOthersAndCounted() throws Exception {
    start(once());
    run.rows("p-1", 0, WARM_UP);
    double full = run.row(usual("p-1", WARM_UP)).score();
    FeatureVector without = usual("p-1", WARM_UP);
    without.features()[3] = Double.NaN;

    AnomalyScore score = run.row(without);
    assertThat(score.score()).isCloseTo(full, within(0.15));
    assertThat(score.anomaly()).isFalse();
    assertThat(run.counters().withMissing.getCount()).isEqualTo(1);
    assertThat(run.counters().withoutValue.getCount()).isZero();

    run.restart(function(once(), Map.of()));
    assertThat(run.row(without).score()).isEqualTo(score.score());
    assertThat(run.counters().withMissing.getCount()).isEqualTo(1);
  }

  @Test
  void rowsWithoutValuesAreNoWarmUp() throws Exception {
    start(once());
    for (int i = 0; i < WARM_UP; i++) {
      run.row(vector("p-1", i, NOTHING));
    }
    assertThat(run.told()).isEmpty();
    assertThat(run.counters().notLearnt.getCount()).isEqualTo(WARM_UP);
    run.rows("p-1", WARM_UP, WARM_UP);
    assertThat(run.told()).hasSize(1);
  }

  @Test
  void aTrainingThatFailsLeavesTheModelAndIsTriedAgainLater() throws Exception {
    TrainingRule often = new TrainingRule(WARM_UP, 100, NEVER, 0, 100);
    start(often);
    run.rows("p-1", 0, WARM_UP);
    String version = told(0).version();
    run.restart(ScoringRun.impossible(often));
    run.rows("p-1", WARM_UP, 250);
    assertThat(run.counters().trainingsFailed.getCount()).isEqualTo(2);
    assertThat(run.row(usual("p-1", 500)).status().version()).isEqualTo(version);
  }

  @Test
  void whatIsKnownAndIsNoModelLeavesAKeyToWarmUp() throws Exception {
    start(once(), Map.of("press", new byte[] {1, 2}));
    assertThat(run.row(usual("p-1", 0)).status().state()).isEqualTo(ModelState.WARMING_UP);
  }

  @Test
  void eachDeviceHasItsModelWhereTheScopeSaysSo() throws Exception {
    run = new ScoringRun(function(ModelScope.DEVICE, once(), NAMES, Map.of()), ModelScope.DEVICE);
    run.rows("p-1", 0, WARM_UP);
    run.rows("p-2", 0, WARM_UP - 1);
    assertThat(run.row(usual("p-1", 500)).status().state()).isEqualTo(ModelState.ACTIVE);
    assertThat(run.row(usual("p-2", 500)).status().state()).isEqualTo(ModelState.WARMING_UP);
    assertThat(run.told())
        .extracting(model -> model.modelKey())
        .containsExactly("press/p-1", "press/p-2");
  }

  @Test
  void aDayOfScoresLeavesTheContext() throws Exception {
    start(once());
    run.rows("p-1", 0, WARM_UP + 50);
    int hour = 3_600;
    AnomalyScore later = run.row(usual("p-1", 20 * hour));
    assertThat(later.context().rows()).isEqualTo(50);
    assertThat(run.row(usual("p-1", 30 * hour)).context().rows()).isEqualTo(1);
    assertThat(run.row(usual("p-1", 30 * hour + 1)).context().rows()).isEqualTo(2);
  }

  @Test
  void aSilentKeyIsForgotten() throws Exception {
    start(once());
    run.rows("p-1", 0, WARM_UP + 10);
    assertThat(run.timers()).isEqualTo(1);
    run.watermark(START_MS + Duration.ofDays(2).toMillis());
    assertThat(run.timers()).as("it was not silent for that long").isEqualTo(1);
    assertThat(run.stateEntries()).isPositive();
    run.watermark(START_MS + Duration.ofDays(3).toMillis());
    assertThat(run.timers()).isZero();
    assertThat(run.stateEntries()).isZero();
    assertThat(run.counters().forgotten.getCount()).isEqualTo(1);
    assertThat(run.row(usual("p-1", 400_000)).status().rows()).isZero();
  }

  private ForestArtifact told(int index) {
    return read(run.told().get(index).document());
  }

  private static ForestArtifact read(byte[] document) {
    Decoded<ModelMessage> decoded = new ModelMessageCodec().decode(document);
    return (ForestArtifact) ((Decoded.Ok<ModelMessage>) decoded).value();
  }

  private static ModelUpdate artifact(byte[] document, boolean toldByJob) {
    return new ModelUpdate(
        "press",
        read(document).version(),
        false,
        toldByJob,
        document,
        new ModelUpdate.Origin("models", 0, 7, 0));
  }

  private static ModelUpdate rollback(String version) {
    return new ModelUpdate(
        "press",
        version,
        true,
        false,
        ModelMessageCodec.encode(new ModelRollback("press", version)),
        new ModelUpdate.Origin("models", 0, 7, 0));
  }
}
