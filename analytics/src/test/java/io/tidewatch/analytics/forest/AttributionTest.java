package io.tidewatch.analytics.forest;

import static io.tidewatch.analytics.forest.ForestRows.grown;
import static io.tidewatch.analytics.forest.ForestRows.normal;
import static io.tidewatch.analytics.forest.ForestRows.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AttributionTest {
  private static final int FEATURES = 9;

  private final double[][] rows = normal(21, 1_000, FEATURES);

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void namesTheFeatureThatWasPlanted(int level) {
    IsolationForest forest = grown(rows, level, 21);
    for (int feature = 0; feature < FEATURES; feature++) {
      for (double deviations : new double[] {-10, 10}) {
        double[] shares = forest.attribution(row(FEATURES, deviations, feature));
        assertThat(shares[feature]).as("feature %d", feature).isGreaterThan(0.8);
      }
    }
  }

  @Test
  void sharesAnAnomalyAmongTheFeaturesThatMadeIt() {
    IsolationForest forest = grown(rows, 0, 22);
    double[] shares = forest.attribution(row(FEATURES, 8, 1, 4, 6));

    assertThat(shares[1] + shares[4] + shares[6]).isGreaterThan(0.9);
    for (int feature : new int[] {1, 4, 6}) {
      assertThat(shares[feature]).isBetween(0.2, 0.5);
    }
  }

  /** Among rows as they come, not only in the middle of the others. */
  @Test
  void namesPlantedFeaturesOfRandomRows() {
    IsolationForest forest = grown(rows, 0, 23);
    Random random = new Random(23);
    double[][] others = normal(24, 500, FEATURES);
    int named = 0;
    for (double[] row : others) {
      int planted = random.nextInt(FEATURES);
      row[planted] += 8 * Math.pow(10, planted % 5 - 2);
      double[] shares = forest.attribution(row);
      double greatest = Arrays.stream(shares).max().orElse(0);
      named += shares[planted] == greatest ? 1 : 0;
    }
    assertThat(named).isGreaterThan(430);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 2})
  void addsUpToOneOrNothing(int level) {
    IsolationForest forest = grown(rows, level, 25);
    for (double[] row : rows) {
      double[] shares = forest.attribution(row);
      assertThat(Arrays.stream(shares).min().orElse(-1)).isNotNegative();
      double sum = Arrays.stream(shares).sum();
      if (sum != 0) {
        assertThat(sum).isCloseTo(1, within(1e-12));
      }
    }
  }

  /** What is told apart by feature is what the score is made of. */
  @ParameterizedTest
  @ValueSource(ints = {0, 2})
  void shorteningsAddUpToTheExponentOfTheScore(int level) {
    IsolationForest forest = grown(rows, level, 26);
    for (double[] row : Arrays.copyOf(rows, 100)) {
      double[] shortened = new double[FEATURES];
      double lengths = new PathWalk(forest.trees(), row, shortened).lengths();
      assertThat(Arrays.stream(shortened).sum())
          .isCloseTo(100 * PathLength.expected(256) - lengths, within(1e-8));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 2})
  void missingFeaturesHaveNoShare(int level) {
    IsolationForest forest = grown(rows, level, 27);
    double[] lacking = row(FEATURES, 10, 2);
    lacking[0] = Double.NaN;
    lacking[7] = Double.POSITIVE_INFINITY;
    double[] shares = forest.attribution(lacking);

    assertThat(shares[0]).isZero();
    assertThat(shares[7]).isZero();
    assertThat(shares[2]).isGreaterThan(0.8);
    assertThat(Arrays.stream(shares).sum()).isCloseTo(1, within(1e-12));
  }

  @Test
  void featuresThatMovedForTheFirstTimeShareAll() {
    double[][] still = normal(28, 300, 4);
    for (double[] row : still) {
      row[1] = 0;
      row[3] = 1;
    }
    IsolationForest forest = grown(still, 0, 28);

    assertThat(forest.attribution(new double[] {9, 2, 9, 2})).containsExactly(0, 0.5, 0, 0.5);
    assertThat(forest.attribution(new double[] {9, 2, 9, 1})).containsExactly(0, 1, 0, 0);
  }
}
