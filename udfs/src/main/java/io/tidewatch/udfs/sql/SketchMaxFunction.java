package io.tidewatch.udfs.sql;

import io.tidewatch.analytics.quantile.QuantileSketch;
import org.apache.flink.table.functions.ScalarFunction;
import org.jspecify.annotations.Nullable;

/**
 * {@code SKETCH_MAX(s BYTES) → DOUBLE}: the greatest value of a sketch, exact; of a sketch from
 * which SQL took values back, within 1 %. NULL of NULL and of an empty sketch. Bytes that are no
 * sketch fail the query.
 */
public final class SketchMaxFunction extends ScalarFunction {
  private static final long serialVersionUID = 1;

  public @Nullable Double eval(byte @Nullable [] s) {
    if (s == null) {
      return null;
    }
    QuantileSketch sketch = SketchBytes.read("SKETCH_MAX", s);
    return sketch.count() == 0 ? null : (Double) sketch.max();
  }
}
