package io.tidewatch.analytics.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SeriesDetectorTest {
  private static final DetectorSettings SHIPPED = DetectorSettings.shipped();

  private static List<Judgement> judged(double[] series, long seed) {
    SeriesDetector detector = SeriesDetector.create(SHIPPED, seed);
    List<Judgement> judgements = new ArrayList<>();
    for (int i = 0; i < series.length; i++) {
      judgements.add(detector.next(Series.timeMs(i), series[i]));
    }
    return judgements;
  }

  private static List<Integer> anomalies(List<Judgement> judgements) {
    List<Integer> rows = new ArrayList<>();
    for (int i = 0; i < judgements.size(); i++) {
      if (judgements.get(i).anomaly()) {
        rows.add(i);
      }
    }
    return rows;
  }

  @Test
  void findsASpikeTellsItOnceAndSaysWhatWasExpected() {
    double[] series = Series.daily(1, 3_000);
    for (int i = 2_000; i < 2_006; i++) {
      series[i] += 100;
    }
    List<Judgement> judgements = judged(series, 1);

    assertThat(anomalies(judgements).stream().filter(row -> row > 1_990)).hasSize(1);
    int row = anomalies(judgements).get(anomalies(judgements).size() - 1);
    assertThat(row).isBetween(2_000, 2_005);
    Judgement judgement = judgements.get(row);
    assertThat(judgement.score()).isBetween(SHIPPED.threshold(), 1.0);
    assertThat(judgement.state()).isEqualTo(DetectorState.ACTIVE);
    assertThat(judgement.reasons().stream().mapToDouble(ViewShare::share).sum())
        .isCloseTo(1, within(1e-9));
    assertThat(judgement.reasons()).allSatisfy(reason -> assertThat(reason.share()).isPositive());
    assertThat(judgement.reasons())
        .isSortedAccordingTo((a, b) -> Double.compare(b.share(), a.share()));
    Judgement before = judgements.get(1_999);
    assertThat(before.reasons()).isEmpty();
    assertThat(before.lower()).isLessThan(series[1_999]);
    assertThat(before.upper()).isGreaterThan(series[1_999]);
    assertThat(judgements.get(2_000).expected()).isCloseTo(series[2_000] - 100, within(10.0));
    assertThat(judgements.get(2_000).upper()).isLessThan(series[2_000]);
  }

  /** Within the range of all before, but not at this hour. */
  @Test
  void findsANightThatIsADay() {
    double[] series = Series.daily(2, 4_000);
    int midnight = 288 * 10 + 216;
    for (int i = midnight - 40; i < midnight + 40; i++) {
      series[i] = 100 - (series[i] - 100);
    }
    assertThat(anomalies(judged(series, 2))).anyMatch(row -> Math.abs(row - midnight) <= 45);
  }

  /** Once it has seen a week; what is new in the first days need not be an anomaly. */
  @Test
  void alertsOnOneRowInAThousandOfNormalDataAtMost() {
    int week = 2_016;
    int rows = 0;
    long alerts = 0;
    for (int seed = 0; seed < 4; seed++) {
      for (double[] series :
          List.of(Series.daily(seed, 4_000), Series.noise(seed, 4_000), Series.walk(seed, 4_000))) {
        rows += series.length - week;
        alerts += anomalies(judged(series, seed)).stream().filter(row -> row >= week).count();
      }
    }
    assertThat(alerts).isLessThanOrEqualTo(rows / 1_000);
  }

  /** What comes later changes nothing that was said before. */
  @ParameterizedTest
  @ValueSource(ints = {1, 50, 64, 65, 700, 2_500})
  void judgesARowByTheRowsBeforeItAlone(int cut) {
    double[] series = Series.daily(3, 3_000);
    series[1_700] = 1e6;
    List<Judgement> whole = judged(series, 3);
    assertThat(judged(Arrays.copyOf(series, cut), 3)).isEqualTo(whole.subList(0, cut));
  }

  @Test
  void saysNothingUntilItHasSeenADay() {
    double[] series = Series.noise(4, 300);
    series[287] = 1e9;
    List<Judgement> judgements = judged(series, 4);
    for (int i = 0; i < 288; i++) {
      assertThat(judgements.get(i).state()).isEqualTo(DetectorState.WARMING_UP);
      assertThat(judgements.get(i).score()).isZero();
      assertThat(judgements.get(i).anomaly()).isFalse();
    }
    assertThat(judgements.get(288).state()).isEqualTo(DetectorState.ACTIVE);
    assertThat(judgements.get(0).expected()).isNaN();
    assertThat(judgements.get(0).lower()).isNaN();
  }

  @Test
  void whereThereIsNoDayItWarmsUpByRows() {
    SeriesDetector detector = SeriesDetector.create(SHIPPED, 4);
    for (int i = 0; i < SHIPPED.warmUpRows(); i++) {
      assertThat(detector.next(i, i % 5).state()).isEqualTo(DetectorState.WARMING_UP);
    }
    assertThat(detector.next(SHIPPED.warmUpRows(), 0).state()).isEqualTo(DetectorState.ACTIVE);
  }

  @Test
  void aSensorThatMovesAfterItNeverDidIsAnAnomaly() {
    double[] series = new double[1_000];
    Arrays.fill(series, 21.5);
    series[900] = 21.6;
    List<Judgement> judgements = judged(series, 5);
    assertThat(anomalies(judgements)).first().isEqualTo(900);
    assertThat(judgements.subList(0, 900)).allSatisfy(each -> assertThat(each.anomaly()).isFalse());
    assertThat(judgements.get(899).expected()).isEqualTo(21.5);
  }

  @Test
  void aMissingValueIsCountedAndHarmsNothing() {
    double[] series = Series.daily(6, 3_000);
    List<Judgement> whole = judged(series, 6);
    SeriesDetector detector = SeriesDetector.create(SHIPPED, 6);
    double[] odd = {
      Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, Double.MAX_VALUE, -1.1e30
    };
    int differ = 0;
    for (int i = 0; i < series.length; i++) {
      if (i % 97 == 50) {
        Judgement none = detector.next(Series.timeMs(i), odd[i % odd.length]);
        assertThat(none.score()).isZero();
        assertThat(none.anomaly()).isFalse();
        assertThat(none.reasons()).isEmpty();
        assertThat(none.expected()).isFinite();
      } else {
        Judgement judgement = detector.next(Series.timeMs(i), series[i]);
        assertThat(judgement.score()).isBetween(0.0, 1.0);
        differ += judgement.anomaly() == whole.get(i).anomaly() ? 0 : 1;
      }
    }
    assertThat(detector.missing()).isEqualTo(31);
    assertThat(detector.rows()).isEqualTo(3_000 - 31);
    assertThat(differ).isLessThanOrEqualTo(3);
  }

  @Test
  void aSeriesOfNothingIsForeverWarmingUp() {
    SeriesDetector detector = SeriesDetector.create(SHIPPED, 7);
    for (int i = 0; i < 2_000; i++) {
      Judgement judgement = detector.next(Series.timeMs(i), Double.NaN);
      assertThat(judgement.state()).isEqualTo(DetectorState.WARMING_UP);
      assertThat(judgement.score()).isZero();
      assertThat(judgement.expected()).isNaN();
    }
    assertThat(detector.missing()).isEqualTo(2_000);
    assertThat(detector.rows()).isZero();
    for (int i = 2_000; i < 2_300; i++) {
      detector.next(Series.timeMs(i), i % 7);
    }
    assertThat(detector.state()).isEqualTo(DetectorState.ACTIVE);
  }

  /** Spacing, order and repetition of times do not matter beyond the length of a day. */
  @Test
  void oddTimesAreTaken() {
    double[] series = Series.noise(8, 1_000);
    SeriesDetector detector = SeriesDetector.create(SHIPPED, 8);
    for (int i = 0; i < series.length; i++) {
      long timeMs = i % 3 == 0 ? Long.MIN_VALUE : i % 3 == 1 ? Long.MAX_VALUE : 0;
      assertThat(detector.next(timeMs, series[i]).score()).isBetween(0.0, 1.0);
    }
  }

  @Test
  void anotherSeedFindsTheSame() {
    double[] series = Series.daily(9, 4_000);
    series[1_500] += 80;
    series[3_000] -= 90;
    assertThat(anomalies(judged(series, 1))).contains(1_500, 3_000);
    assertThat(anomalies(judged(series, 2))).contains(1_500, 3_000);
    assertThat(judged(series, 1)).isEqualTo(judged(series, 1));
    double[] one = judged(series, 1).stream().mapToDouble(Judgement::score).toArray();
    double[] other = judged(series, 2).stream().mapToDouble(Judgement::score).toArray();
    assertThat(one).isNotEqualTo(other);
    double apart = 0;
    for (int i = 0; i < one.length; i++) {
      apart += Math.abs(one[i] - other[i]) / one.length;
    }
    assertThat(apart).isLessThan(0.02);
  }

  @Test
  void neitherAnOffsetNorAUnitChangesWhatIsFound() {
    double[] series = Series.daily(10, 3_000);
    series[2_000] += 80;
    List<Integer> found = anomalies(judged(series, 10));
    double[] elsewhere = Arrays.stream(series).map(x -> x * 1e-6 - 4).toArray();
    double[] larger = Arrays.stream(series).map(x -> x * 1e9).toArray();
    assertThat(found).contains(2_000);
    assertThat(anomalies(judged(elsewhere, 10))).contains(2_000);
    assertThat(anomalies(judged(larger, 10))).contains(2_000);
  }

  @Test
  void whatItKeepsIsBoundedWhateverComes() {
    SeriesDetector detector = SeriesDetector.create(SHIPPED, 11);
    double[] wild = Series.wild(11, 30_000);
    for (int i = 0; i < wild.length; i++) {
      Judgement judgement = detector.next(Series.timeMs(i), wild[i]);
      assertThat(judgement.score()).isBetween(0.0, 1.0);
    }
    assertThat(detector.nodes())
        .isLessThanOrEqualTo(
            SeriesViews.VIEWS.size() * SHIPPED.treesPerView() * SHIPPED.nodesPerTree());
    assertThat(SeriesDetectorCodec.write(detector)).hasSizeLessThan(150_000);
  }

  @ParameterizedTest
  @ValueSource(strings = {"RULES", "FORESTS"})
  void eachPartAloneFindsWhatIsPlain(String votes) {
    DetectorSettings settings = SHIPPED.withVotes(DetectorSettings.Votes.valueOf(votes));
    SeriesDetector detector = SeriesDetector.create(settings, 12);
    double[] series = Series.daily(12, 3_000);
    series[2_000] += 200;
    double greatest = 0;
    int at = -1;
    for (int i = 0; i < series.length; i++) {
      double score = detector.next(Series.timeMs(i), series[i]).score();
      if (i > 1_000 && score > greatest) {
        greatest = score;
        at = i;
      }
    }
    assertThat(at).isBetween(2_000, 2_005);
  }
}
