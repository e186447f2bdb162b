package io.tidewatch.analytics.series;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.analytics.detect.DetectorState;
import io.tidewatch.analytics.detect.Judgement;
import io.tidewatch.analytics.detect.ViewShare;
import io.tidewatch.schemas.derived.AnomalyScore;
import io.tidewatch.schemas.derived.ModelState;
import io.tidewatch.schemas.derived.ModelStatus;
import io.tidewatch.schemas.derived.ScoreContext;
import io.tidewatch.schemas.derived.Severity;
import io.tidewatch.schemas.derived.Suppression;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SeriesScoreTest {
  private static final SeriesRow ROW =
      new SeriesRow(new SeriesKey("press", "p1", "force_mean"), 5, 9, 7.5, true, 0);

  private static Judgement judgement(double score, DetectorState state) {
    boolean anomaly = score >= 0.5;
    return new Judgement(
        score,
        anomaly,
        score,
        null,
        state,
        7,
        6,
        8,
        anomaly ? List.of(new ViewShare("value", 0.75), new ViewShare("mean", 0.25)) : List.of());
  }

  private static ScoreContext day(long rows, double percentile) {
    return new ScoreContext(rows, 7, 0.5, 7.8, 7.9, percentile);
  }

  @Test
  void ofAnAnomalyItNamesTheViewsAndWhatWasExpected() {
    AnomalyScore score = SeriesScore.of(ROW, assessed(0.75), 0.5);
    assertThat(score)
        .isEqualTo(
            new AnomalyScore(
                "press",
                "p1",
                "force_mean",
                5,
                9,
                0.75,
                0.5,
                true,
                null,
                Severity.CRITICAL,
                7,
                6,
                8,
                Map.of("value", 0.75, "mean", 0.25),
                new ModelStatus(ModelState.ACTIVE, "series-detector-2", 288, 288),
                true,
                day(500, 100),
                0));
  }

  @Test
  void ofAScoreBeyondTheThresholdItNamesTheSlowestRequests() {
    SeriesKey key = new SeriesKey(SeriesKey.LATENCY, "GET shop /a", "p99_ms");
    SeriesRow row = new SeriesRow(key, 5, 9, 7.5, false, 0, List.of("t1", "t2"));
    assertThat(SeriesScore.of(row, assessed(0.75), 0.5).traceIds()).containsExactly("t1", "t2");
    assertThat(SeriesScore.of(row, assessed(0.25), 0.5).traceIds()).isEmpty();
  }

  private static Assessment assessed(double score) {
    Judgement judgement = judgement(score, DetectorState.ACTIVE);
    return new Assessment(judgement, true, 288, 288, day(500, 100));
  }

  @Test
  void ofWhatIsSuppressedItTellsTheScoreAndWhy() {
    Judgement quiet =
        new Judgement(
            0,
            false,
            0.75,
            Suppression.COOLDOWN,
            DetectorState.ACTIVE,
            7,
            6,
            8,
            List.of(new ViewShare("value", 1)));
    AnomalyScore score =
        SeriesScore.of(ROW, new Assessment(quiet, true, 288, 288, day(500, 100)), 0.5);
    assertThat(score.score()).isEqualTo(0.75);
    assertThat(score.threshold()).isEqualTo(0.5);
    assertThat(score.anomaly()).isFalse();
    assertThat(score.suppressed()).isEqualTo(Suppression.COOLDOWN);
    assertThat(score.severity()).isEqualTo(Severity.CRITICAL);
    assertThat(score.attribution()).isEqualTo(Map.of("value", 1.0));
  }

  @Test
  void whileItWarmsUpItTellsWhatIsExpectedButNoScore() {
    AnomalyScore score =
        SeriesScore.of(
            ROW,
            new Assessment(judgement(0, DetectorState.WARMING_UP), true, 17, 100, day(17, 50)),
            0.5);
    assertThat(score.score()).isNaN();
    assertThat(score.threshold()).isNaN();
    assertThat(score.status()).isEqualTo(new ModelStatus(ModelState.WARMING_UP, null, 17, 100));
    assertThat(score.expected()).isEqualTo(7);
    assertThat(score.anomaly()).isFalse();
    assertThat(score.attribution()).isEmpty();
    assertThat(score.context().rows()).isEqualTo(17);
  }

  @Test
  void aRowWithoutValueHasNoScore() {
    AnomalyScore score =
        SeriesScore.of(
            ROW,
            new Assessment(
                judgement(0, DetectorState.ACTIVE), false, 288, 288, day(500, Double.NaN)),
            0.5);
    assertThat(score.score()).isNaN();
    assertThat(score.threshold()).isEqualTo(0.5);
    assertThat(score.severity()).isEqualTo(Severity.INFO);
    assertThat(score.status().state()).isEqualTo(ModelState.ACTIVE);
  }

  @ParameterizedTest
  @CsvSource({
    "0.75, 500, 99.5, CRITICAL",
    "0.75, 500, 0.5, CRITICAL",
    "0.75, 500, 99, WARNING",
    "0.75, 500, 1, WARNING",
    "0.75, 500, 95, INFO",
    "0.75, 500, 5, INFO",
    "0.75, 500, 50, INFO",
    "0.75, 99, 100, WARNING",
    "0.75, 0, NaN, WARNING",
    "0.25, 500, 100, INFO"
  })
  void isAsSevereAsItsValueIsFarOutInTheDay(
      double score, long rows, double percentile, Severity severity) {
    Assessment assessment =
        new Assessment(
            judgement(score, DetectorState.ACTIVE), true, 288, 288, day(rows, percentile));
    assertThat(SeriesScore.of(ROW, assessment, 0.5).severity()).isEqualTo(severity);
  }
}
