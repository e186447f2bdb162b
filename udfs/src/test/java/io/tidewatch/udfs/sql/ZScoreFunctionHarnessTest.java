package io.tidewatch.udfs.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ZScoreFunctionHarnessTest {
  private final ZScoreFunction function = new ZScoreFunction();

  @Test
  void tellsDeviationsAboveTheMean() {
    assertThat(function.eval(7.0, 10.0, 2.0)).isEqualTo(-1.5);
  }

  @Test
  void isNullOfNullAndOfNoNumber() {
    assertThat(function.eval(null, 0.0, 1.0)).isNull();
    assertThat(function.eval(1.0, null, 1.0)).isNull();
    assertThat(function.eval(1.0, 0.0, null)).isNull();
    assertThat(function.eval(Double.POSITIVE_INFINITY, 0.0, 1.0)).isNull();
  }

  @Test
  void refusesANegativeDeviation() {
    assertThatThrownBy(() -> function.eval(1.0, 2.0, -1.0))
        .hasMessage("Z_SCORE: std: must be finite and ≥ 0, was -1.0");
  }
}
