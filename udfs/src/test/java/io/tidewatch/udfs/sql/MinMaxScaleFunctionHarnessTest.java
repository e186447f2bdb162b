package io.tidewatch.udfs.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class MinMaxScaleFunctionHarnessTest {
  private final MinMaxScaleFunction function = new MinMaxScaleFunction();

  @Test
  void scalesToZeroAndOneOrWhereOneSays() {
    assertThat(function.eval(25.0, 0.0, 100.0)).isEqualTo(0.25);
    assertThat(function.eval(25.0, 0.0, 100.0, -1.0, 1.0)).isEqualTo(-0.5);
  }

  @Test
  void isNullOfNullAndOfNoNumber() {
    assertThat(function.eval(null, 0.0, 1.0)).isNull();
    assertThat(function.eval(1.0, null, 1.0)).isNull();
    assertThat(function.eval(1.0, 0.0, null)).isNull();
    assertThat(function.eval(1.0, 0.0, 1.0, null, 1.0)).isNull();
    assertThat(function.eval(1.0, 0.0, 1.0, 0.0, null)).isNull();
    assertThat(function.eval(Double.NaN, 0.0, 1.0)).isNull();
  }

  @Test
  void refusesBoundsOutOfOrder() {
    assertThatThrownBy(() -> function.eval(1.0, 2.0, 1.0))
        .hasMessage("MIN_MAX_SCALE: max: must be finite and ≥ min, 2.0, was 1.0");
  }
}
