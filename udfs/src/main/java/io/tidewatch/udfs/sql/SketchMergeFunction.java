package io.tidewatch.udfs.sql;

import io.tidewatch.analytics.quantile.RetractableSketch;
import org.apache.flink.table.annotation.DataTypeHint;
import org.apache.flink.table.annotation.FunctionHint;
import org.jspecify.annotations.Nullable;

/**
 * {@code SKETCH_MERGE(s BYTES) → BYTES}: the sketch of all values of several sketches. NULL is
 * skipped; of no sketch, and of empty ones, it is NULL. Bytes that are no sketch fail the query.
 */
@FunctionHint(
    accumulator =
        @DataTypeHint(
            value = "RAW",
            bridgedTo = RetractableSketch.class,
            rawSerializer = RetractableSketchSerializer.class),
    output = @DataTypeHint("BYTES"))
public final class SketchMergeFunction extends SketchAggregate {
  private static final long serialVersionUID = 1;
  private static final String NAME = "SKETCH_MERGE";

  public void accumulate(RetractableSketch sketch, byte @Nullable [] s) {
    if (s != null) {
      sketch.add(SketchBytes.read(NAME, s));
    }
  }

  public void retract(RetractableSketch sketch, byte @Nullable [] s) {
    if (s != null) {
      sketch.retract(SketchBytes.read(NAME, s));
    }
  }
}
