package io.tidewatch.udfs.sql;

import static io.tidewatch.udfs.sql.SketchMergeFunctionHarnessTest.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class SketchQuantileFunctionHarnessTest {
  private final SketchQuantileFunction function = new SketchQuantileFunction();

  @Test
  void tellsTheLowerOrderStatistic() {
    byte[] s = bytes(10, 20, 30, 40);
    assertThat(function.eval(s, 0.0)).isCloseTo(10, Percentage.withPercentage(1));
    assertThat(function.eval(s, 0.5)).isCloseTo(20, Percentage.withPercentage(1));
    assertThat(function.eval(s, 1.0)).isEqualTo(40);
  }

  @Test
  void isNullOfNullAndOfAnEmptySketch() {
    assertThat(function.eval(null, 0.5)).isNull();
    assertThat(function.eval(bytes(1), null)).isNull();
    assertThat(function.eval(bytes(), 0.5)).isNull();
  }

  @Test
  void refusesARankThatIsNoneAndOtherBytes() {
    assertThatThrownBy(() -> function.eval(bytes(), 99.0))
        .hasMessage("SKETCH_QUANTILE: q: must be 0 to 1, was 99.0");
    assertThatThrownBy(() -> function.eval(bytes(1), Double.NaN))
        .hasMessage("SKETCH_QUANTILE: q: must be 0 to 1, was NaN");
    assertThatThrownBy(() -> function.eval(new byte[] {3}, 0.5))
        .hasMessage("SKETCH_QUANTILE: s: stored sketch: unknown flag 3");
  }
}
