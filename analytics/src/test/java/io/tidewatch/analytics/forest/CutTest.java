package io.tidewatch.analytics.forest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CutTest {
  private static final double[] EDGES = {
    -Double.MAX_VALUE,
    -1e300,
    -1,
    -Double.MIN_NORMAL,
    -Double.MIN_VALUE,
    -0.0,
    0.0,
    Double.MIN_VALUE,
    2 * Double.MIN_VALUE,
    Double.MIN_NORMAL,
    1,
    Math.nextUp(1.0),
    2,
    1e9,
    1e9 + 1,
    1e300,
    Double.MAX_VALUE
  };

  private final Random random = new Random(7);

  @Test
  void thresholdsPartTheRangeTheyAreDrawnFrom() {
    for (int i = 0; i < 20_000; i++) {
      double a = value();
      double b = value();
      if (a == b) {
        continue;
      }
      double min = Math.min(a, b);
      double max = Math.max(a, b);
      double threshold = Cut.between(min, max, random.nextDouble());

      if (Double.isNaN(threshold)) {
        assertThat(max - min).isLessThanOrEqualTo(2 * Math.ulp(Math.max(Math.abs(a), Math.abs(b))));
      } else {
        assertThat(threshold).isGreaterThan(min).isLessThanOrEqualTo(max);
      }
    }
  }

  @Test
  void keysCompareWithThresholdsAsTheValuesDo() {
    for (int i = 0; i < 20_000; i++) {
      double min = value();
      double threshold = Cut.between(min, min + Math.abs(value()) + 1, random.nextDouble());
      if (!Double.isFinite(threshold)) {
        continue;
      }
      assertThat(Cut.threshold(Cut.key(threshold))).isEqualTo(threshold + 0.0);
      for (double x :
          new double[] {value(), threshold, Math.nextUp(threshold), Math.nextDown(threshold)}) {
        assertThat(Cut.key(x) < Cut.key(threshold)).isEqualTo(x < threshold);
      }
    }
  }

  @Test
  void thresholdsAreSpreadEvenlyOverTheRange() {
    int[] counts = new int[10];
    for (int i = 0; i < 100_000; i++) {
      counts[Math.min(9, (int) (Cut.between(3, 13, random.nextDouble()) - 3))]++;
    }
    assertThat(Arrays.stream(counts).boxed())
        .allSatisfy(count -> assertThat(count).isBetween(9_600, 10_400));
  }

  @Test
  void whatDiffersInTheLastPlaceOnlyIsNotParted() {
    double odd = Math.nextUp(1.0);
    assertThat(Cut.between(1, odd, 0.5)).isNaN();
    assertThat(Cut.near(1e9, 0, 1)).isNaN();
    assertThat(Cut.near(0.3, 0, 1)).isBetween(0.299, 0.301);
  }

  private double value() {
    return switch (random.nextInt(4)) {
      case 0 -> EDGES[random.nextInt(EDGES.length)];
      case 1 -> Math.scalb(random.nextGaussian(), random.nextInt(2_000) - 1_000);
      case 2 -> 1e9 + random.nextInt(3) * 1e-6;
      default -> random.nextInt(5);
    };
  }
}
