package io.tidewatch.udfs.sql;

import io.tidewatch.analytics.quantile.QuantileSketch;
import org.apache.flink.table.functions.ScalarFunction;
import org.jspecify.annotations.Nullable;

/**
 * {@code SKETCH_QUANTILE(s BYTES, q DOUBLE) → DOUBLE}: the value below which {@code q} of the
 * values of a sketch lie, within 1 %; see {@link QuantileSketch}. NULL of NULL and of an empty
 * sketch. Bytes that are no sketch, and a {@code q} outside 0 to 1, fail the query.
 */
public final class SketchQuantileFunction extends ScalarFunction {
  private static final long serialVersionUID = 1;
  private static final String NAME = "SKETCH_QUANTILE";

  public @Nullable Double eval(byte @Nullable [] s, @Nullable Double q) {
    if (s == null || q == null) {
      return null;
    }
    QuantileSketch sketch = SketchBytes.read(NAME, s);
    try {
      double value = sketch.quantile(q);
      return sketch.count() == 0 ? null : Double.valueOf(value);
    } catch (IllegalArgumentException bad) {
      throw new IllegalArgumentException(NAME + ": " + bad.getMessage(), bad);
    }
  }
}
