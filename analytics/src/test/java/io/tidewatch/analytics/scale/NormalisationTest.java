package io.tidewatch.analytics.scale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NormalisationTest {

  @Test
  void boundsBecomeTheTargetExactly() {
    Random random = new Random(1);
    for (int i = 0; i < 1000; i++) {
      double min = random.nextGaussian() * 1e6;
      double max = min + random.nextDouble() * 1e3 + 1e-3;
      double a = random.nextGaussian();
      double b = a + random.nextDouble() + 1e-3;
      assertThat(Normalisation.minMax(min, min, max, a, b)).isEqualTo(a);
      assertThat(Normalisation.minMax(max, min, max, a, b)).isEqualTo(b);
      double x = min + random.nextDouble() * (max - min);
      double back = (Normalisation.minMax(x, min, max, a, b) - a) / (b - a) * (max - min) + min;
      assertThat(back).isCloseTo(x, Offset.offset(1e-5));
    }
  }

  @Test
  void whatLiesOutsideIsAsFarOutside() {
    assertThat(Normalisation.minMax(15, 0, 10, 0, 1)).isEqualTo(1.5);
    assertThat(Normalisation.minMax(-5, 0, 10, -1, 1)).isEqualTo(-2);
    assertThat(Normalisation.zScore(13, 10, 2)).isEqualTo(1.5);
  }

  @Test
  void valuesWithoutSpreadAreDividedByOne() {
    assertThat(Normalisation.minMax(5, 5, 5, -1, 1)).isEqualTo(-1);
    assertThat(Normalisation.minMax(6, 5, 5, 0, 1)).isEqualTo(1);
    assertThat(Normalisation.zScore(5, 5, 0)).isEqualTo(0);
    assertThat(Normalisation.zScore(7, 5, 0)).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
  void whatIsNotFiniteIsMissing(double x) {
    assertThat(Normalisation.minMax(x, 0, 1, 0, 1)).isNaN();
    assertThat(Normalisation.zScore(x, 0, 1)).isNaN();
  }

  @Test
  void refusesWhatIsNoScale() {
    assertThatThrownBy(() -> Normalisation.minMax(1, Double.NaN, 1, 0, 1))
        .hasMessage("min: must be finite, was NaN");
    assertThatThrownBy(() -> Normalisation.minMax(1, 5, 1, 0, 1))
        .hasMessage("max: must be finite and ≥ min, 5.0, was 1.0");
    assertThatThrownBy(() -> Normalisation.minMax(1, 5, Double.POSITIVE_INFINITY, 0, 1))
        .hasMessage("max: must be finite and ≥ min, 5.0, was Infinity");
    assertThatThrownBy(() -> Normalisation.minMax(1, 0, 1, Double.NEGATIVE_INFINITY, 1))
        .hasMessage("lower: must be finite, was -Infinity");
    assertThatThrownBy(() -> Normalisation.minMax(1, 0, 1, 1, 1))
        .hasMessage("upper: must be finite and > lower, 1.0, was 1.0");
    assertThatThrownBy(() -> Normalisation.zScore(1, Double.NaN, 1))
        .hasMessage("mean: must be finite, was NaN");
    assertThatThrownBy(() -> Normalisation.zScore(1, 0, -1))
        .hasMessage("std: must be finite and ≥ 0, was -1.0");
    assertThatThrownBy(() -> Normalisation.zScore(1, 0, Double.NaN))
        .hasMessage("std: must be finite and ≥ 0, was NaN");
  }
}
