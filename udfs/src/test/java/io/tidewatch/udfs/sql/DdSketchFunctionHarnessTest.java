package io.tidewatch.udfs.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.datadoghq.sketch.ddsketch.DDSketch;
import com.datadoghq.sketch.ddsketch.encoding.ByteArrayInput;
import com.datadoghq.sketch.ddsketch.store.UnboundedSizeDenseStore;
import io.tidewatch.analytics.quantile.QuantileSketch;
import io.tidewatch.analytics.quantile.RetractableSketch;
import io.tidewatch.analytics.quantile.StoredSketches;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DdSketchFunctionHarnessTest {
  private final DdSketchFunction function = new DdSketchFunction();

  @Test
  void bytesAreThoseOfALatencyRowAndReadByTheLibrary() throws IOException {
    QuantileSketch expected = new QuantileSketch();
    RetractableSketch sketch = function.createAccumulator();
    for (double value : new Random(3).doubles(500, 0, 1e4).toArray()) {
      function.accumulate(sketch, value);
      expected.add(value);
    }

    byte[] bytes = function.getValue(stored(sketch));

    assertThat(bytes).isEqualTo(StoredSketches.encode(expected));
    DDSketch library = DDSketch.decode(ByteArrayInput.wrap(bytes), UnboundedSizeDenseStore::new);
    assertThat(library.getCount()).isEqualTo(500);
    assertThat(library.getValueAtQuantile(0.99))
        .isCloseTo(StoredSketches.decode(bytes).quantile(0.99), Offset.offset(1e-6));
  }

  @Test
  void skipsNullAndAnswersNullWithoutAValue() throws IOException {
    RetractableSketch sketch = function.createAccumulator();
    assertThat(function.getValue(sketch)).isNull();
    function.accumulate(sketch, null);
    function.retract(sketch, null);
    assertThat(function.getValue(stored(sketch))).isNull();
    function.accumulate(sketch, 5.0);
    assertThat(StoredSketches.decode(function.getValue(sketch)).max()).isEqualTo(5);
    function.retract(sketch, 5.0);
    assertThat(function.getValue(stored(sketch))).isNull();
  }

  @Test
  void takesBackInOnePartWhatCameInAnother() throws IOException {
    RetractableSketch first = function.createAccumulator();
    function.retract(first, 7.0);
    RetractableSketch second = function.createAccumulator();
    function.accumulate(second, 7.0);
    function.accumulate(second, 100.0);
    RetractableSketch merged = function.createAccumulator();
    function.merge(merged, List.of(stored(first), stored(second)));

    QuantileSketch left = StoredSketches.decode(function.getValue(stored(merged)));

    assertThat(left.count()).isEqualTo(1);
    assertThat(left.max()).isCloseTo(100, Offset.offset(1.0));
  }

  @ParameterizedTest
  @ValueSource(doubles = {-3, Double.NaN, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY})
  void refusesWhatHasNoBin(double bad) {
    RetractableSketch sketch = function.createAccumulator();
    String line = "DD_SKETCH: value: must be finite and ≥ 0, was " + bad;
    assertThatThrownBy(() -> function.accumulate(sketch, bad)).hasMessage(line);
    assertThatThrownBy(() -> function.retract(sketch, bad)).hasMessage(line);
    assertThat(function.getValue(sketch)).isNull();
  }

  private static RetractableSketch stored(RetractableSketch sketch) {
    return Accumulators.stored(new RetractableSketchSerializer(), sketch);
  }
}
