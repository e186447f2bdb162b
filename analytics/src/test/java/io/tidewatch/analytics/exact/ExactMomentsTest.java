package io.tidewatch.analytics.exact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ExactMomentsTest {

  /** Half a unit in the last place, and what double-double arithmetic may add. */
  private static final BigDecimal NEARLY_HALF = new BigDecimal("0.500000000001");

  @ParameterizedTest
  @EnumSource
  void tellsTheNearestDoubleOfTheSum(Kind kind) {
    for (int seed = 0; seed < 40; seed++) {
      double[] values = values(kind, seed);
      assertThat(of(values).sum(0))
          .as("%s, seed %d", kind, seed)
          .isEqualTo(exactSum(values).doubleValue());
    }
  }

  @ParameterizedTest
  @EnumSource
  void tellsTheMeanWithinHalfAUnitInTheLastPlace(Kind kind) {
    for (int seed = 0; seed < 40; seed++) {
      double[] values = values(kind, seed);
      double mean = of(values).mean(0);
      BigDecimal count = BigDecimal.valueOf(values.length);
      BigDecimal off = new BigDecimal(mean).multiply(count).subtract(exactSum(values)).abs();
      assertThat(off)
          .as("%s, seed %d", kind, seed)
          .isLessThanOrEqualTo(
              new BigDecimal(Math.ulp(mean)).multiply(count).multiply(NEARLY_HALF));
    }
  }

  @ParameterizedTest
  @EnumSource
  void tellsTheDeviationWithinAUnitInTheLastPlace(Kind kind) {
    for (int seed = 0; seed < 40; seed++) {
      double[] values = values(kind, seed);
      double deviation = of(values).sampleDeviation(0);
      BigDecimal count = BigDecimal.valueOf(values.length);
      BigDecimal squares = BigDecimal.ZERO;
      for (double value : values) {
        squares = squares.add(new BigDecimal(value).pow(2));
      }
      BigDecimal exact = squares.multiply(count).subtract(exactSum(values).pow(2));
      BigDecimal divisor = count.multiply(count.subtract(BigDecimal.ONE));
      if (values.length < 2) {
        assertThat(deviation).isNaN();
      } else if (exact.signum() == 0) {
        assertThat(deviation).isEqualTo(0.0);
      } else if (!Double.isNaN(deviation)) {
        BigDecimal at = new BigDecimal(deviation);
        BigDecimal ulp = new BigDecimal(Math.ulp(deviation));
        assertThat(exact)
            .as("%s, seed %d, deviation %s", kind, seed, deviation)
            .isBetween(
                at.subtract(ulp).max(BigDecimal.ZERO).pow(2).multiply(divisor),
                at.add(ulp).pow(2).multiply(divisor));
      } else {
        BigDecimal largest = new BigDecimal(Double.MAX_VALUE);
        assertThat(exact).isGreaterThan(largest.pow(2).multiply(divisor));
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void isTheSameInAnyOrderAndGroupingDownToTheBytes(Kind kind) throws IOException {
    for (int seed = 0; seed < 20; seed++) {
      Random random = new Random(seed);
      double[] values = values(kind, seed);
      ExactMoments straight = of(values);
      ExactMoments tree = treeOf(shuffled(values, random), random);
      ExactMoments away = treeOf(Kind.ANY.values(random, random.nextInt(50)), random);
      ExactMoments there = treeOf(Kind.TELEMETRY.values(random, 9), random);
      tree.merge(away);
      tree.merge(there);
      tree.subtract(away);
      tree.subtract(there);
      assertThat(tree).as("%s, seed %d", kind, seed).isEqualTo(straight);
      assertThat(tree).hasSameHashCodeAs(straight);
      assertThat(bytes(tree)).isEqualTo(bytes(straight));
      assertThat(tree.sum(0)).isEqualTo(straight.sum(0));
      assertThat(tree.mean(0)).isEqualTo(straight.mean(0));
      assertThat(tree.sampleDeviation(0)).isEqualTo(straight.sampleDeviation(0));
      straight.add(0, Double.MIN_VALUE);
      assertThat(tree).isNotEqualTo(straight);
    }
  }

  @Test
  void theMeanOfEqualValuesIsThatValueAndTheirDeviationZero() {
    Random random = new Random(5);
    for (int i = 0; i < 20_000; i++) {
      double value = Kind.ANY.values(random, 1)[0];
      ExactMoments moments = of(value);
      for (int doubling = random.nextInt(20); doubling > 0; doubling--) {
        moments.merge(moments);
        if (random.nextBoolean()) {
          moments.add(0, value);
        }
      }
      assertThat(moments.mean(0)).isEqualTo(value == 0 ? 0 : value);
      assertThat(moments.count(0) == 1 ? 0 : moments.sampleDeviation(0)).isEqualTo(0.0);
    }
  }

  @Test
  void doesItsCarriesBeforeAChunkOverflows() {
    ExactMoments moments = of(0x1.fffffffffffffp17, 0x1.fffffffffffffp17);
    ExactMoments negative = of(-0x1.fffffffffffffp17, -0x1.fffffffffffffp17);
    for (int i = 1; i < 45; i++) {
      moments.merge(moments);
      negative.merge(negative);
    }
    assertThat(moments.count(0)).isEqualTo(1L << 45);
    assertThat(moments.sum(0)).isEqualTo(0x1.fffffffffffffp62);
    assertThat(negative.sum(0)).isEqualTo(-0x1.fffffffffffffp62);
    assertThat(moments.sampleDeviation(0)).isEqualTo(0.0);
    moments.merge(negative);
    assertThat(moments.sum(0)).isZero();
    // The root of n / (n − 1) times as much.
    assertThat(moments.sampleDeviation(0)).isEqualTo(0x1p18 + 0x1p-29);
    moments.subtract(negative);
    moments.subtract(moments);
    assertThat(moments).isEqualTo(ExactMoments.ofSumsAndSquares(1));
  }

  @Test
  void tellsTheDeviationOfThePopulationToo() {
    assertThat(of(2, 4, 4, 4, 5, 5, 7, 9).populationDeviation(0)).isEqualTo(2);
    assertThat(of(1e15 + 1, 1e15 - 1).populationDeviation(0)).isEqualTo(1);
    assertThat(of(0.1, 0.1, 0.1).populationDeviation(0)).isEqualTo(0);
    assertThat(of(7).populationDeviation(0)).isEqualTo(0);
    assertThat(of().populationDeviation(0)).isNaN();
    assertThat(of(Double.MAX_VALUE, -Double.MAX_VALUE).populationDeviation(0))
        .isEqualTo(Double.MAX_VALUE);
  }

  @Test
  void saysWhatDoesNotFitADouble() {
    ExactMoments moments = of(Double.MAX_VALUE, Double.MAX_VALUE);
    assertThat(moments.sum(0)).isEqualTo(Double.POSITIVE_INFINITY);
    assertThat(moments.mean(0)).isEqualTo(Double.MAX_VALUE);
    assertThat(of(-Double.MAX_VALUE, -1e300).sum(0)).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(of(Double.MAX_VALUE, -Double.MAX_VALUE).sampleDeviation(0)).isNaN();
    assertThat(of(Double.MIN_VALUE, -Double.MIN_VALUE).sampleDeviation(0))
        .isEqualTo(Double.MIN_VALUE);
    assertThat(ExactMoments.ofSums(1).mean(0)).isNaN();
    assertThat(ExactMoments.ofSums(1).sum(0)).isZero();
  }

  @Test
  void columnsDoNotTouchEachOther() {
    Random random = new Random(8);
    ExactMoments all = ExactMoments.ofSumsAndSquares(1);
    all.add(0, 7);
    all.growTo(Kind.values().length);
    List<ExactMoments> each = new ArrayList<>();
    for (Kind kind : Kind.values()) {
      double[] values = kind.values(random, 30);
      for (double value : values) {
        all.add(each.size(), value);
      }
      each.add(of(values));
    }
    each.get(0).add(0, 7);
    ExactMoments more = all.copy();
    more.merge(all);
    more.subtract(all);
    for (int column = 0; column < each.size(); column++) {
      assertThat(more.count(column)).isEqualTo(each.get(column).count(0));
      assertThat(more.sum(column)).isEqualTo(each.get(column).sum(0));
      assertThat(more.sampleDeviation(column)).isEqualTo(each.get(column).sampleDeviation(0));
    }
    assertThat(more).isEqualTo(all).isNotEqualTo(each.get(0));
  }

  @Test
  void refusesToSubtractWhatHasMoreValues() {
    ExactMoments moments = of(1, 2);
    assertThatThrownBy(() -> moments.subtract(of(1, 2, 3)))
        .hasMessage("part: must be of at most 2 values in column 0, was of 3");
    assertThat(moments).isEqualTo(of(2, 1));
  }

  static ExactMoments of(double... values) {
    ExactMoments moments = ExactMoments.ofSumsAndSquares(1);
    for (double value : values) {
      moments.add(0, value);
    }
    return moments;
  }

  private static double[] values(Kind kind, int seed) {
    Random random = new Random(seed);
    return kind.values(random, 1 + random.nextInt(200));
  }

  private static BigDecimal exactSum(double[] values) {
    BigDecimal sum = BigDecimal.ZERO;
    for (double value : values) {
      sum = sum.add(new BigDecimal(value));
    }
    return sum;
  }

  private static double[] shuffled(double[] values, Random random) {
    double[] shuffled = values.clone();
    for (int i = shuffled.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      double kept = shuffled[i];
      shuffled[i] = shuffled[j];
      shuffled[j] = kept;
    }
    return shuffled;
  }

  /** The values cut at random into groups, and these into groups of groups. */
  private static ExactMoments treeOf(double[] values, Random random) {
    List<ExactMoments> left = new ArrayList<>();
    for (int i = 0; i < values.length; ) {
      int end = Math.min(values.length, i + 1 + random.nextInt(9));
      left.add(of(Arrays.copyOfRange(values, i, end)));
      i = end;
    }
    left.add(of());
    while (left.size() > 1) {
      ExactMoments one = left.remove(random.nextInt(left.size()));
      left.get(random.nextInt(left.size())).merge(one);
    }
    return left.get(0);
  }

  private static byte[] bytes(ExactMoments moments) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ExactMomentsCodec.write(moments, 0, new DataOutputStream(bytes));
    return bytes.toByteArray();
  }
}
