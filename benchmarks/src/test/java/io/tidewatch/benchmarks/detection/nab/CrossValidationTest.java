package io.tidewatch.benchmarks.detection.nab;

import static io.tidewatch.benchmarks.detection.nab.ScoredCorpusTest.ones;
import static io.tidewatch.benchmarks.detection.nab.ScoredCorpusTest.series;
import static io.tidewatch.benchmarks.detection.nab.ScoredCorpusTest.zeros;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tidewatch.benchmarks.detection.nab.CrossValidation.Spread;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class CrossValidationTest {
  private static final List<LabelledSeries> TWO_GROUPS =
      List.of(series("a/1.csv", 50, 59), series("b/1.csv", 50, 59));

  @Test
  void thresholdThatHoldsEverywhereIsPerfectEverywhere() {
    ScoredCorpus corpus = new ScoredCorpus(TWO_GROUPS, List.of(ones(50), ones(50)));

    assertThat(CrossValidation.halves(corpus, Profile.STANDARD, 3, 1))
        .isEqualTo(new Spread(100, 100, 100, 6));
    assertThat(CrossValidation.groups(corpus, Profile.STANDARD))
        .isEqualTo(new Spread(100, 100, 100, 2));
  }

  @Test
  void thresholdOfOtherSeriesCanFailWhereTheirOwnIsPerfect() {
    // a needs 1.0; b needs at most 0.5. With b's threshold, a also reports a far false row.
    double[] a = ones(50);
    a[30] = 0.7;
    double[] b = zeros();
    b[50] = 0.5;
    ScoredCorpus corpus = new ScoredCorpus(TWO_GROUPS, List.of(a, b));
    double aScored = 100 * (1 - 0.11 + 1) / 2;

    assertThat(corpus.bestThreshold(Profile.STANDARD, corpus.all())).isEqualTo(0.5);
    Spread groups = CrossValidation.groups(corpus, Profile.STANDARD);
    assertThat(groups.min()).isZero();
    assertThat(groups.max()).isCloseTo(aScored, within(1e-9));
    assertThat(groups.mean()).isCloseTo(aScored / 2, within(1e-9));
    assertThat(CrossValidation.halves(corpus, Profile.STANDARD, 1, 1))
        .isEqualTo(new Spread((0 + groups.max()) / 2, 0, groups.max(), 2));
  }

  @Test
  void groupWithoutWindowsCountsByItsFalseRows() {
    ScoredCorpus corpus =
        new ScoredCorpus(
            List.of(series("a/1.csv", 50, 59), series("b/1.csv")), List.of(ones(50), ones(40)));
    Spread groups = CrossValidation.groups(corpus, Profile.STANDARD);

    // b's own threshold is silence, and misses a; a's reports a false row in b.
    assertThat(groups.mean()).isCloseTo(100 * (-1 - 0.11 + 1) / 2, within(1e-9));
    assertThat(groups.folds()).isOne();
    assertThat(groups.max()).isZero();
  }

  @Test
  void oneGroupOrOneSeriesHasNothingElsewhere() {
    ScoredCorpus corpus = new ScoredCorpus(List.of(series("a/1.csv", 50, 59)), List.of(ones(50)));

    assertThat(CrossValidation.groups(corpus, Profile.STANDARD).mean()).isNaN();
    assertThat(CrossValidation.groups(corpus, Profile.STANDARD).folds()).isZero();
    assertThat(CrossValidation.halves(corpus, Profile.STANDARD, 3, 1).mean()).isNaN();
  }

  @Test
  void sameSeedGivesTheSameHalves() {
    double[][] scores = new double[6][];
    LabelledSeries[] series = new LabelledSeries[scores.length];
    for (int i = 0; i < scores.length; i++) {
      series[i] = series("a/" + i + ".csv", 50, 59);
      scores[i] = zeros();
      scores[i][50 + i] = 1 - i / 10.0;
      scores[i][70] = i / 10.0 + 0.35;
    }
    ScoredCorpus corpus = new ScoredCorpus(List.of(series), Arrays.asList(scores));

    Spread one = CrossValidation.halves(corpus, Profile.STANDARD, 5, 1);
    assertThat(CrossValidation.halves(corpus, Profile.STANDARD, 5, 1)).isEqualTo(one);
    assertThat(one.folds()).isEqualTo(10);
    assertThat(one.min()).isLessThan(one.max());
  }
}
