package io.tidewatch.analytics.forest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class PathLengthTest {

  @Test
  void isTheAverageDepthWhenEachCutIsAsLikelyAsAnother() {
    double[] average = new double[400];
    for (int n = 2; n < average.length; n++) {
      double sum = 0;
      for (int left = 1; left < n; left++) {
        sum += (left * average[left] + (n - left) * average[n - left]) / n;
      }
      average[n] = 1 + sum / (n - 1);
      assertThat(PathLength.expected(n)).as("%d rows", n).isCloseTo(average[n], within(1e-12));
    }
  }

  @Test
  void isThatOfThePaper() {
    assertThat(PathLength.expected(0)).isZero();
    assertThat(PathLength.expected(1)).isZero();
    assertThat(PathLength.expected(2)).isEqualTo(1);
    assertThat(PathLength.expected(256)).isCloseTo(10.2487, within(1e-4));
  }

  @Test
  void isTheSameSumForManyRows() {
    double harmonic = 0;
    for (int n = 1; n <= 1 << 16; n++) {
      harmonic += 1.0 / n;
      if (n > 1_000) {
        assertThat(PathLength.expected(n)).isCloseTo(2 * (harmonic - 1), within(1e-11));
      }
    }
  }
}
