package io.tidewatch.analytics.scale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScalingTest {

  @Test
  void boundsBecomeTheTargetExactly() {
    Random random = new Random(1);
    for (int i = 0; i < 1000; i++) {
      double min = random.nextGaussian() * 1e6;
      double max = min + random.nextDouble() * 1e3 + 1e-3;
      double a = random.nextGaussian();
      double b = a + random.nextDouble() + 1e-3;
      assertThat(Scaling.minMax(min, min, max, a, b)).isEqualTo(a);
      assertThat(Scaling.minMax(max, min, max, a, b)).isEqualTo(b);
      double x = min + random.nextDouble() * (max - min);
      double back = (Scaling.minMax(x, min, max, a, b) - a) / (b - a) * (max - min) + min;
      assertThat(back).isCloseTo(x, Offset.offset(1e-5));
    }
  }

  @Test
  void whatLiesOutsideIsAsFarOutside() {
    assertThat(Scaling.minMax(15, 0, 10, 0, 1)).isEqualTo(1.5);
    assertThat(Scaling.minMax(-5, 0, 10, -1, 1)).isEqualTo(-2);
    assertThat(Scaling.zScore(13, 10, 2)).isEqualTo(1.5);
  }

  @ParameterizedTest
  @CsvSource({"5, 5", "6, 5", "NaN, 4", "Infinity, 4"})
  void valuesWithoutSpreadHaveNoScale(double x, double max) {
    assertThat(Scaling.minMax(x, Math.min(max, 5), max, 0, 1)).isNaN();
    assertThat(Scaling.zScore(x, max, 0)).isNaN();
  }

  @Test
  void refusesWhatIsNoScale() {
    assertThatThrownBy(() -> Scaling.minMax(1, Double.NaN, 1, 0, 1))
        .hasMessage("min: must be finite, was NaN");
    assertThatThrownBy(() -> Scaling.minMax(1, 5, 1, 0, 1))
        .hasMessage("max: must be finite and ≥ min, 5.0, was 1.0");
    assertThatThrownBy(() -> Scaling.minMax(1, 5, Double.POSITIVE_INFINITY, 0, 1))
        .hasMessage("max: must be finite and ≥ min, 5.0, was Infinity");
    assertThatThrownBy(() -> Scaling.minMax(1, 0, 1, Double.NEGATIVE_INFINITY, 1))
        .hasMessage("a: must be finite, was -Infinity");
    assertThatThrownBy(() -> Scaling.minMax(1, 0, 1, 1, 1))
        .hasMessage("b: must be finite and > a, 1.0, was 1.0");
    assertThatThrownBy(() -> Scaling.zScore(1, Double.NaN, 1))
        .hasMessage("mean: must be finite, was NaN");
    assertThatThrownBy(() -> Scaling.zScore(1, 0, -1))
        .hasMessage("std: must be finite and ≥ 0, was -1.0");
    assertThatThrownBy(() -> Scaling.zScore(1, 0, Double.NaN))
        .hasMessage("std: must be finite and ≥ 0, was NaN");
  }
}
