package io.tidewatch.analytics.scale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.tidewatch.schemas.scale.FeatureStatistics;
import io.tidewatch.schemas.scale.Scaler;
import io.tidewatch.schemas.scale.Scaling;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FeatureScalingTest {
  private static final List<String> NAMES = List.of("a", "b");

  /** Half a unit in the last place of 1, and what products of errors may add. */
  private static final double U = 0x1p-53 * 1.000_001;

  @Test
  void stretchesLeastAndGreatestToTheTargetRange() {
    FeatureScaling scaling = minMax(-1, 3, new FeatureStatistics(9, 10, 20, 12, 3));
    assertThat(apply(scaling, 10)).isEqualTo(-1);
    assertThat(apply(scaling, 15)).isEqualTo(1);
    assertThat(apply(scaling, 20)).isEqualTo(3);
    assertThat(apply(scaling, 30)).as("beyond, not clipped").isEqualTo(7);
    assertThat(apply(scaling, 0)).isEqualTo(-5);
  }

  @Test
  void countsDeviationsFromTheMean() {
    FeatureScaling scaling = zScore(new FeatureStatistics(9, 10, 20, 12, 4));
    assertThat(apply(scaling, 12)).isEqualTo(0);
    assertThat(apply(scaling, 16)).isEqualTo(1);
    assertThat(apply(scaling, 2)).isEqualTo(-2.5);
  }

  @Test
  void theRowsItWasFittedOnHaveMeanZeroAndDeviationOne() {
    Random random = new Random(11);
    ScalerFit fit = new ScalerFit(NAMES);
    double[][] rows = new double[500][];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = new double[] {1e6 + random.nextGaussian(), Math.exp(3 * random.nextGaussian())};
      fit.add(rows[i]);
    }
    Scaler scaler = new Scaler("m", "v", new Scaling.ZScore(), fit.statistics());
    FeatureScaling scaling = FeatureScaling.of(scaler, NAMES);
    ScalerFit scaled = new ScalerFit(NAMES);
    for (double[] row : rows) {
      scaled.add(scaling.apply(row));
    }
    scaled
        .statistics()
        .forEach(
            (name, of) -> {
              assertThat(of.mean()).as(name).isCloseTo(0, within(1e-9));
              assertThat(of.std()).as(name).isCloseTo(1, within(1e-9));
            });
  }

  @Test
  void missingStaysMissing() {
    var statistics = new FeatureStatistics(9, 10, 20, 12, 4);
    for (FeatureScaling scaling : List.of(minMax(0, 1, statistics), zScore(statistics))) {
      assertThat(apply(scaling, Double.NaN)).isNaN();
      assertThat(invert(scaling, Double.NaN)).isNaN();
    }
  }

  @Test
  void aConstantFeatureIsDividedByOne() {
    var constant = new FeatureStatistics(9, 10, 10, 10, 0);
    FeatureScaling minMax = minMax(-1, 3, constant);
    assertThat(apply(minMax, 10)).isEqualTo(-1);
    assertThat(apply(minMax, 10.5)).isEqualTo(1);
    assertThat(invert(minMax, 1)).isEqualTo(10.5);
    FeatureScaling zScore = zScore(constant);
    assertThat(apply(zScore, 10)).isEqualTo(0);
    assertThat(apply(zScore, 7)).isEqualTo(-3);
    assertThat(invert(zScore, -3)).isEqualTo(7);
  }

  @Test
  void aFeatureNobodySawHasNoScale() {
    for (Scaling scaling : List.of(Scaling.MinMax.ZERO_TO_ONE, new Scaling.ZScore())) {
      Scaler scaler = new Scaler("m", "v", scaling, Map.of("b", FeatureStatistics.NEVER_SEEN));
      FeatureScaling ready = FeatureScaling.of(scaler, NAMES);
      assertThat(ready.apply(new double[] {1, 2})).containsExactly(Double.NaN, Double.NaN);
      assertThat(ready.invert(new double[] {1, 2})).containsExactly(Double.NaN, Double.NaN);
    }
  }

  @Test
  void takesTheStatisticsByNameWhateverTheOrder() {
    Scaler scaler =
        new Scaler(
            "m",
            "v7",
            Scaling.MinMax.ZERO_TO_ONE,
            Map.of(
                "gone",
                new FeatureStatistics(2, 0, 1, 0.5, 0.5),
                "b",
                new FeatureStatistics(2, 0, 100, 50, 50),
                "a",
                new FeatureStatistics(2, 0, 10, 5, 5)));
    FeatureScaling scaling = FeatureScaling.of(scaler, NAMES);
    assertThat(scaling.version()).isEqualTo("v7");
    assertThat(scaling.apply(new double[] {1, 1})).containsExactly(0.1, 0.01);
  }

  @Test
  void undoesMinMaxWithinItsBound() {
    Random random = new Random(5);
    for (int i = 0; i < 200_000; i++) {
      double min = any(random);
      double max = random.nextInt(3) == 0 ? Math.nextUp(min) : min + Math.abs(any(random));
      double lower = random.nextBoolean() ? 0 : any(random);
      double upper = lower + (random.nextBoolean() ? 1 : Math.abs(any(random)));
      if (!(max > min && upper > lower)) {
        continue;
      }
      FeatureScaling scaling = minMax(lower, upper, of(min, max));
      double x = random.nextBoolean() ? any(random) : min + random.nextDouble() * (max - min);
      double y = apply(scaling, x);
      double back = invert(scaling, y);
      double bound =
          U * (4 * Math.abs(x - min) + (max - min) / (upper - lower) * Math.abs(y) + Math.abs(x));
      assertThat(Math.abs(back - x))
          .as("%s from [%s, %s] to [%s, %s] = %s", x, min, max, lower, upper, y)
          .isLessThanOrEqualTo(bound);
    }
  }

  @Test
  void undoesZScoresWithinItsBound() {
    Random random = new Random(6);
    for (int i = 0; i < 200_000; i++) {
      double mean = any(random);
      double std = Math.abs(any(random));
      double x = random.nextBoolean() ? any(random) : mean + random.nextGaussian() * std;
      FeatureScaling scaling = zScore(new FeatureStatistics(9, mean, mean, mean, std));
      double back = invert(scaling, apply(scaling, x));
      assertThat(Math.abs(back - x))
          .as("%s, mean %s, deviation %s", x, mean, std)
          .isLessThanOrEqualTo(U * (2 * Math.abs(x - mean) + Math.abs(x)));
    }
  }

  @Test
  void whatWasFittedNeverLeavesTheTargetRangeNorChangesItsOrder() {
    Random random = new Random(7);
    for (int i = 0; i < 100_000; i++) {
      double lower = any(random);
      double upper = lower + Math.abs(any(random));
      double min = any(random);
      double max = min + Math.abs(any(random));
      if (!(upper > lower && max > min)) {
        continue;
      }
      FeatureScaling scaling = minMax(lower, upper, of(min, max));
      double x = min + random.nextDouble() * (max - min);
      double inside = Math.min(max, Math.max(min, x));
      assertThat(apply(scaling, inside)).isBetween(lower, upper);
      assertThat(apply(scaling, max)).isBetween(lower, upper);
      assertThat(apply(scaling, min)).isEqualTo(lower);
      assertThat(apply(scaling, Math.nextUp(inside)))
          .isGreaterThanOrEqualTo(apply(scaling, inside));
    }
  }

  @Test
  void whatDoesNotFitADoubleIsMissing() {
    FeatureScaling scaling = minMax(0, 1, of(0, Double.MIN_VALUE));
    assertThat(apply(scaling, 1e10)).isNaN();
    assertThat(apply(scaling, Double.POSITIVE_INFINITY)).isNaN();
    assertThat(apply(minMax(0, 1, of(-1e308, 1)), Double.MAX_VALUE)).isNaN();
    assertThat(invert(minMax(0, 1, of(0, 1e308)), 1e10)).isNaN();
  }

  @Test
  void leavesTheVectorItIsGivenAsItIs() {
    double[] values = {12, 13};
    FeatureScaling scaling = zScore(new FeatureStatistics(9, 10, 20, 12, 4));
    scaling.apply(values);
    scaling.invert(values);
    assertThat(values).containsExactly(12, 13);
  }

  @Test
  void refusesAVectorOfOtherFeatures() {
    FeatureScaling scaling = zScore(new FeatureStatistics(9, 10, 20, 12, 4));
    assertThatThrownBy(() -> scaling.apply(new double[3]))
        .hasMessage("vector: must have one value a feature (2), had 3");
    assertThatThrownBy(() -> scaling.invert(new double[1]))
        .hasMessage("vector: must have one value a feature (2), had 1");
  }

  private static FeatureStatistics of(double min, double max) {
    return new FeatureStatistics(2, min, max, min, 1);
  }

  private static FeatureScaling minMax(double lower, double upper, FeatureStatistics a) {
    return FeatureScaling.of(
        new Scaler("m", "v", new Scaling.MinMax(lower, upper), Map.of("a", a)), NAMES);
  }

  private static FeatureScaling zScore(FeatureStatistics a) {
    return FeatureScaling.of(new Scaler("m", "v", new Scaling.ZScore(), Map.of("a", a)), NAMES);
  }

  private static double apply(FeatureScaling scaling, double a) {
    return scaling.apply(new double[] {a, 0})[0];
  }

  private static double invert(FeatureScaling scaling, double a) {
    return scaling.invert(new double[] {a, 0})[0];
  }

  /** Of all signs, and of magnitudes from 1e-9 to 1e9. */
  private static double any(Random random) {
    return random.nextGaussian() * Math.scalb(1.0, random.nextInt(60) - 30);
  }
}
