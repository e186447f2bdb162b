package io.tidewatch.analytics.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

class PopulationStabilityTest {
  private static final double[] DECILES = {.1, .2, .3, .4, .5, .6, .7, .8, .9};

  @Test
  void countsScoresBetweenDeciles() {
    assertThat(PopulationStability.bin(DECILES, 0.05)).isZero();
    assertThat(PopulationStability.bin(DECILES, 0.1)).isZero();
    assertThat(PopulationStability.bin(DECILES, 0.15)).isEqualTo(1);
    assertThat(PopulationStability.bin(DECILES, 0.95)).isEqualTo(9);
  }

  @Test
  void isSmallForTheSameDistributionAndGreatForAnother() {
    long[] same = counts(x -> x);
    long[] shifted = counts(x -> 0.3 + 0.7 * x);
    assertThat(PopulationStability.index(DECILES, same)).isBetween(0.0, 0.03);
    assertThat(PopulationStability.index(DECILES, shifted)).isGreaterThan(0.2);
  }

  @Test
  void isTheSumOfTheFormula() {
    long[] counts = {20, 10, 10, 10, 10, 10, 10, 10, 10, 0};
    double expected = 0;
    for (long count : counts) {
      double actual = (count + 0.5) / 105;
      expected += (actual - 0.1) * Math.log(actual / 0.1);
    }
    assertThat(PopulationStability.index(DECILES, counts)).isCloseTo(expected, within(1e-12));
  }

  @Test
  void equalDecilesAreOneBin() {
    double[] ties = {.1, .2, .2, .2, .2, .6, .7, .8, .9};
    long[] counts = new long[10];
    for (double score : new double[] {.05, .15, .2, .2, .2, .55, .65, .75, .85, .95}) {
      counts[PopulationStability.bin(ties, score)] += 100;
    }
    assertThat(PopulationStability.index(ties, counts)).isLessThan(0.01);
  }

  @Test
  void saysNothingOfScoresThatNeverVariedAndOfNone() {
    double[] same = new double[9];
    Arrays.fill(same, 0.5);
    assertThat(PopulationStability.index(same, new long[] {9, 0, 0, 0, 0, 0, 0, 0, 0, 900}))
        .isZero();
    assertThat(PopulationStability.index(DECILES, new long[10])).isZero();
  }

  private static long[] counts(DoubleUnaryOperator score) {
    long[] counts = new long[10];
    Random random = new Random(1);
    for (int i = 0; i < 2_000; i++) {
      counts[PopulationStability.bin(DECILES, score.applyAsDouble(random.nextDouble()))]++;
    }
    return counts;
  }
}
