package io.tidewatch.udfs.sql;

import io.tidewatch.analytics.quantile.QuantileSketch;
import io.tidewatch.analytics.quantile.RetractableSketch;
import io.tidewatch.analytics.quantile.StoredSketches;
import org.apache.flink.table.annotation.DataTypeHint;
import org.apache.flink.table.annotation.FunctionHint;
import org.jspecify.annotations.Nullable;

/**
 * {@code DD_SKETCH(x DOUBLE) → BYTES}: the sketch of values that are finite and ≥ 0, see {@link
 * QuantileSketch}, in the bytes of {@link StoredSketches}, which latency rows have too. NULL is
 * skipped; of no value it is NULL.
 *
 * <p>Another value fails the query: percentiles that silently leave values out are wrong, and
 * {@code FILTER (WHERE x >= 0)} leaves them out for all to see.
 */
@FunctionHint(
    accumulator =
        @DataTypeHint(
            value = "RAW",
            bridgedTo = RetractableSketch.class,
            rawSerializer = RetractableSketchSerializer.class),
    output = @DataTypeHint("BYTES"))
public final class DdSketchFunction extends SketchAggregate {
  private static final long serialVersionUID = 1;

  public void accumulate(RetractableSketch sketch, @Nullable Double x) {
    if (x != null) {
      try {
        sketch.add(x);
      } catch (IllegalArgumentException bad) {
        throw refused(bad);
      }
    }
  }

  public void retract(RetractableSketch sketch, @Nullable Double x) {
    if (x != null) {
      try {
        sketch.retract(x);
      } catch (IllegalArgumentException bad) {
        throw refused(bad);
      }
    }
  }

  private static IllegalArgumentException refused(IllegalArgumentException bad) {
    return new IllegalArgumentException("DD_SKETCH: " + bad.getMessage(), bad);
  }
}
