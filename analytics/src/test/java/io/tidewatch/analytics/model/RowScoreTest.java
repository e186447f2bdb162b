package io.tidewatch.analytics.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tidewatch.analytics.decide.DecisionRule;
import io.tidewatch.analytics.decide.RowVerdict;
import io.tidewatch.schemas.derived.AnomalyScore;
import io.tidewatch.schemas.derived.FeatureVector;
import io.tidewatch.schemas.derived.ModelState;
import io.tidewatch.schemas.derived.ModelStatus;
import io.tidewatch.schemas.derived.ScoreContext;
import io.tidewatch.schemas.derived.Severity;
import io.tidewatch.schemas.derived.Suppression;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RowScoreTest {
  private static final ForestModel MODEL =
      Histories.TRAINER.train("host", Histories.FEATURES, Histories.rows(1, 1_000));
  private static final ScoreContext DAY = new ScoreContext(500, .45, .05, .55, .6, 50);

  private final RowScore row =
      new RowScore(
          new FeatureVector("host", "web-1", 5, 9, 3, Histories.normal(new Random(3))).revised(2),
          true,
          200);

  private static RowVerdict verdict(double score) {
    return new DecisionRule(Duration.ofHours(1), 0).of(score, MODEL.artifact().threshold(), DAY);
  }

  @Test
  void ofARowThatIsSuppressedItNamesTheFeaturesAllTheSame() {
    double[] far = {50, -50, 2, 3};
    AnomalyScore score =
        row.by(MODEL, far, 0.99, verdict(0.99).suppressedBy(Suppression.COOLDOWN), DAY);
    assertThat(score.anomaly()).isFalse();
    assertThat(score.suppressed()).isEqualTo(Suppression.COOLDOWN);
    assertThat(score.beyond()).isTrue();
    assertThat(score.severity()).isEqualTo(Severity.CRITICAL);
    assertThat(score.attribution()).isNotEmpty();
  }

  @Test
  void ofARowThatWaitsItSaysHowManyItWaitsFor() {
    AnomalyScore score = row.warmingUp(17);
    assertThat(score.status()).isEqualTo(new ModelStatus(ModelState.WARMING_UP, null, 17, 200));
    assertThat(row.warmingUp(300).status().rows()).isEqualTo(200);
    assertThat(score.score()).isNaN();
    assertThat(score.threshold()).isNaN();
    assertThat(score.context()).isEqualTo(ScoreContext.NONE);
    assertThat(score.anomaly()).isFalse();
    assertThat(score.imputed()).isTrue();
    assertThat(score.revision()).isEqualTo(2);
  }

  @Test
  void ofAUsualRowItNamesNoFeature() {
    AnomalyScore score = row.by(MODEL, row.vector().features(), 0.5, verdict(0.5), DAY);
    assertThat(score.anomaly()).isFalse();
    assertThat(score.attribution()).isEmpty();
    assertThat(score.severity()).isEqualTo(Severity.INFO);
    assertThat(score.threshold()).isEqualTo(MODEL.artifact().threshold());
    assertThat(score.status())
        .isEqualTo(new ModelStatus(ModelState.ACTIVE, MODEL.artifact().version(), 200, 200));
  }

  @Test
  void ofAnAnomalyItNamesTheFeatures() {
    double[] far = {50, -50, 2, 3};
    AnomalyScore score = row.by(MODEL, far, 0.99, verdict(0.99), DAY);
    assertThat(score.anomaly()).isTrue();
    assertThat(score.severity()).isEqualTo(Severity.CRITICAL);
    assertThat(score.attribution().get("a") + score.attribution().get("b")).isGreaterThan(0.8);
    assertThat(score.attribution().values().stream().mapToDouble(share -> share).sum())
        .isCloseTo(1, within(1e-9));
    assertThat(score.context()).isEqualTo(DAY);
  }

  @Test
  void aRowWithoutScoreIsNoAnomaly() {
    AnomalyScore score = row.by(MODEL, new double[4], Double.NaN, verdict(Double.NaN), DAY);
    assertThat(score.anomaly()).isFalse();
    assertThat(score.severity()).isEqualTo(Severity.INFO);
  }
}
