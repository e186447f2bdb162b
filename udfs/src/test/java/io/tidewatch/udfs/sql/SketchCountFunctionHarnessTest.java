package io.tidewatch.udfs.sql;

import static io.tidewatch.udfs.sql.SketchMergeFunctionHarnessTest.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class SketchCountFunctionHarnessTest {
  private final SketchCountFunction function = new SketchCountFunction();

  @Test
  void countsZerosToo() {
    assertThat(function.eval(bytes(0, 0, 5))).isEqualTo(3);
    assertThat(function.eval(bytes())).isZero();
    assertThat(function.eval(null)).isNull();
  }

  @Test
  void refusesOtherBytes() {
    assertThatThrownBy(() -> function.eval(new byte[] {3}))
        .hasMessage("SKETCH_COUNT: s: stored sketch: unknown flag 3");
  }
}
