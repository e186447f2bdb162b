package io.tidewatch.udfs.sql;

import static io.tidewatch.udfs.sql.SketchMergeFunctionHarnessTest.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class SketchMaxFunctionHarnessTest {
  private final SketchMaxFunction function = new SketchMaxFunction();

  @Test
  void isTheGreatestValueExactly() {
    assertThat(function.eval(bytes(3, 1234.5678, 2))).isEqualTo(1234.5678);
    assertThat(function.eval(bytes())).isNull();
    assertThat(function.eval(null)).isNull();
  }

  @Test
  void refusesOtherBytes() {
    assertThatThrownBy(() -> function.eval(new byte[] {3}))
        .hasMessage("SKETCH_MAX: s: stored sketch: unknown flag 3");
  }
}
