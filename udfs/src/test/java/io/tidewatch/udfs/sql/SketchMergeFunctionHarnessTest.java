package io.tidewatch.udfs.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidewatch.analytics.quantile.QuantileSketch;
import io.tidewatch.analytics.quantile.RetractableSketch;
import io.tidewatch.analytics.quantile.StoredSketches;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class SketchMergeFunctionHarnessTest {
  private final SketchMergeFunction function = new SketchMergeFunction();

  @Test
  void isTheSketchOfAllValues() {
    RetractableSketch one = function.createAccumulator();
    function.accumulate(one, bytes(1, 2));
    function.accumulate(one, null);
    RetractableSketch other = function.createAccumulator();
    function.accumulate(other, bytes(0, 30));
    function.merge(one, List.of(stored(other)));

    assertThat(function.getValue(stored(one))).isEqualTo(bytes(1, 2, 0, 30));
  }

  @Test
  void takesASketchBack() throws IOException {
    RetractableSketch sketch = function.createAccumulator();
    function.accumulate(sketch, bytes(1, 2));
    function.accumulate(sketch, bytes(3, 4, 5));
    function.retract(stored(sketch), null);
    function.retract(sketch, bytes(3, 4, 5));
    QuantileSketch left = StoredSketches.decode(function.getValue(stored(sketch)));
    assertThat(left.count()).isEqualTo(2);
    assertThat(left.quantile(0)).isEqualTo(StoredSketches.decode(bytes(1, 2)).quantile(0));
  }

  @Test
  void isNullOfNothing() {
    RetractableSketch sketch = function.createAccumulator();
    assertThat(function.getValue(sketch)).isNull();
    function.accumulate(sketch, bytes());
    assertThat(function.getValue(sketch)).isNull();
  }

  @Test
  void refusesOtherBytes() {
    RetractableSketch sketch = function.createAccumulator();
    assertThatThrownBy(() -> function.accumulate(sketch, new byte[] {99}))
        .hasMessage("SKETCH_MERGE: s: stored sketch: unknown flag 99");
    assertThatThrownBy(() -> function.retract(sketch, new byte[0]))
        .hasMessageStartingWith("SKETCH_MERGE: s: stored sketch: must say its mapping");
  }

  static byte[] bytes(double... values) {
    QuantileSketch sketch = new QuantileSketch();
    for (double value : values) {
      sketch.add(value);
    }
    return StoredSketches.encode(sketch);
  }

  private static RetractableSketch stored(RetractableSketch sketch) {
    return Accumulators.stored(new RetractableSketchSerializer(), sketch);
  }
}
