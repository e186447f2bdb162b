package io.tidewatch.benchmarks.detection.nab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.stream.DoubleStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ScoredCorpusTest {
  private static final Offset<Double> ROUNDING = within(1e-9);
  private static final int ROWS = 100;

  @ParameterizedTest
  @EnumSource(Profile.class)
  void silenceIsNoughtAndTheFirstRowOfEachWindowAHundred(Profile profile) {
    List<LabelledSeries> series =
        List.of(series("a/1.csv", 50, 59), series("a/2.csv"), series("b/3.csv", 30, 35));
    ScoredCorpus silent = new ScoredCorpus(series, List.of(zeros(), zeros(), zeros()));
    ScoredCorpus perfect = new ScoredCorpus(series, List.of(ones(50), zeros(), ones(30)));

    assertThat(normalised(silent, profile, ScoredCorpus.SILENT)).isZero();
    assertThat(normalised(perfect, profile, 0.5)).isEqualTo(100);
    assertThat(perfect.bestThreshold(profile, perfect.all())).isEqualTo(1);
    assertThat(silent.bestThreshold(profile, silent.all())).isEqualTo(ScoredCorpus.SILENT);
  }

  @Test
  void foundMissedAndFalseAddUpAsComputedByHand() {
    // Row 10 is in probation. Found at 54, six tenths before the end. False: far, and 3/9 behind.
    double[] scores = ones(10, 20, 54, 56, 62);
    ScoredCorpus corpus =
        new ScoredCorpus(List.of(series("a/1.csv", 50, 59, 90, 94)), List.of(scores));
    double found = Math.tanh(1.5) / Math.tanh(2.5);
    double near = Math.tanh(2.5 * 3 / 9);

    Tally standard = corpus.tally(Profile.STANDARD, 1, 0);

    assertThat(standard.score()).isCloseTo(found - 1 - 0.11 * (1 + near), ROUNDING);
    assertThat(standard)
        .extracting(
            Tally::truePositives,
            Tally::falsePositives,
            Tally::trueNegatives,
            Tally::falseNegatives,
            Tally::windows,
            Tally::found,
            Tally::labelled)
        .containsExactly(2, 2, 68, 13, 2, 1, 2);
    assertThat(standard.falseShare()).isCloseTo(2 / 70.0, ROUNDING);
    assertThat(standard.normalised(Profile.STANDARD))
        .isCloseTo(100 * (standard.score() + 2) / 4, ROUNDING);
    assertThat(corpus.tally(Profile.LOW_FALSE_POSITIVES, 1, 0).score())
        .isCloseTo(found - 1 - 0.22 * (1 + near), ROUNDING);
    assertThat(corpus.tally(Profile.LOW_FALSE_NEGATIVES, 1, 0).score())
        .isCloseTo(found - 2 - 0.11 * (1 + near), ROUNDING);
  }

  @Test
  void windowCountsOnceWhereverItIsReportedFirstAndBest() {
    LabelledSeries series = series("a/1.csv", 50, 59);
    double once =
        new ScoredCorpus(List.of(series), List.of(ones(52))).tally(Profile.STANDARD, 1, 0).score();
    double often =
        new ScoredCorpus(List.of(series), List.of(ones(52, 53, 59)))
            .tally(Profile.STANDARD, 1, 0)
            .score();

    assertThat(often).isEqualTo(once);
  }

  @Test
  void thresholdIsReachedByAnEqualScore() {
    double[] scores = zeros();
    scores[52] = 0.4;
    ScoredCorpus corpus = new ScoredCorpus(List.of(series("a/1.csv", 50, 59)), List.of(scores));

    assertThat(corpus.tally(Profile.STANDARD, 0.4, 0).found()).isOne();
    assertThat(corpus.tally(Profile.STANDARD, Math.nextUp(0.4), 0).found()).isZero();
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void optimiserFindsWhatTryingEveryScoreFinds(Profile profile) {
    Random random = new Random(7);
    List<LabelledSeries> series =
        List.of(series("a/1.csv", 50, 59, 80, 84), series("a/2.csv"), series("b/3.csv", 30, 35));
    List<double[]> scores = List.of(coarse(random), coarse(random), coarse(random));
    ScoredCorpus corpus = new ScoredCorpus(series, scores);
    BitSet some = new BitSet();
    some.set(0);
    some.set(2);
    for (BitSet chosen : List.of(corpus.all(), some)) {
      double best = Double.NEGATIVE_INFINITY;
      double bestThreshold = Double.NaN;
      double[] candidates =
          DoubleStream.concat(
                  DoubleStream.of(ScoredCorpus.SILENT),
                  chosen.stream().boxed().flatMapToDouble(i -> DoubleStream.of(scores.get(i))))
              .distinct()
              .sorted()
              .toArray();
      for (double candidate : candidates) {
        double score = corpus.tally(profile, candidate, chosen).score();
        if (score >= best - 1e-12) {
          best = score;
          bestThreshold = candidate;
        }
      }

      assertThat(corpus.bestThreshold(profile, chosen)).isEqualTo(bestThreshold);
    }
  }

  @Test
  void ofEquallyGoodThresholdsTheHighestIsTaken() {
    double[] scores = zeros();
    scores[50] = 0.9;
    scores[51] = 0.8;
    ScoredCorpus corpus = new ScoredCorpus(List.of(series("a/1.csv", 50, 59)), List.of(scores));

    assertThat(corpus.bestThreshold(Profile.STANDARD, corpus.all())).isEqualTo(0.9);
  }

  @Test
  void probationIsNeitherAChanceNorARisk() {
    LabelledSeries series = series("a/1.csv", 5, 9, 50, 59);
    ScoredCorpus corpus = new ScoredCorpus(List.of(series), List.of(ones(6, 14, 50)));

    Tally tally = corpus.tally(Profile.STANDARD, 1, 0);

    assertThat(tally.score()).isEqualTo(1);
    assertThat(tally.windows()).isOne();
    assertThat(tally.labelled()).isEqualTo(2);
  }

  @Test
  void withoutWindowsThereIsNoNormalisedScore() {
    ScoredCorpus corpus = new ScoredCorpus(List.of(series("a/1.csv")), List.of(ones(50)));

    assertThat(normalised(corpus, Profile.STANDARD, 1)).isNaN();
  }

  @Test
  void scoresThatDoNotFitTheSeriesAreRefusedWithTheirPath() {
    List<LabelledSeries> series = List.of(series("a/1.csv"));
    double[] wrong = zeros();
    wrong[3] = 1.5;

    assertThatThrownBy(() -> new ScoredCorpus(series, List.of(new double[3])))
        .hasMessage("a/1.csv: must have 100 scores, had 3");
    assertThatThrownBy(() -> new ScoredCorpus(series, List.of(wrong)))
        .hasMessage("a/1.csv: score of row 3 must be 0 to 1, was 1.5");
    assertThatThrownBy(() -> new ScoredCorpus(series, List.of()))
        .hasMessage("scores: must be of 1 series, were of 0");
  }

  @Test
  void windowsThatOverlapOrLieBeyondTheRowsAreRefused() {
    assertThatThrownBy(() -> series("a/1.csv", 10, 20, 20, 30))
        .hasMessageContaining("a/1.csv: windows must be ordered, apart");
    assertThatThrownBy(() -> series("a/1.csv", 90, 100)).hasMessageContaining("90 to 100");
    assertThatThrownBy(() -> new LabelWindow(5, 4))
        .hasMessage("window: must be 0 ≤ first ≤ last, was 5 to 4");
  }

  /** Of {@value #ROWS} rows, with windows from, to, from, to. */
  static LabelledSeries series(String path, int... ends) {
    LabelWindow[] windows = new LabelWindow[ends.length / 2];
    for (int i = 0; i < windows.length; i++) {
      windows[i] = new LabelWindow(ends[2 * i], ends[2 * i + 1]);
    }
    return new LabelledSeries(path, new long[ROWS], new double[ROWS], List.of(windows));
  }

  static double[] zeros() {
    return new double[ROWS];
  }

  static double[] ones(int... rows) {
    double[] scores = zeros();
    for (int row : rows) {
      scores[row] = 1;
    }
    return scores;
  }

  private static double[] coarse(Random random) {
    return random.doubles(ROWS).map(x -> Math.floor(20 * x * x * x) / 20).toArray();
  }

  private static double normalised(ScoredCorpus corpus, Profile profile, double threshold) {
    return corpus.tally(profile, threshold, corpus.all()).normalised(profile);
  }
}
