package io.tidewatch.udfs.sql;

import io.tidewatch.analytics.quantile.RetractableSketch;
import io.tidewatch.analytics.quantile.StoredSketches;
import org.apache.flink.table.functions.AggregateFunction;
import org.jspecify.annotations.Nullable;

/**
 * What {@code DD_SKETCH} and {@code SKETCH_MERGE} share: they keep a sketch and tell its bytes,
 * NULL of no value.
 */
public abstract class SketchAggregate extends AggregateFunction<byte[], RetractableSketch> {
  private static final long serialVersionUID = 1;

  SketchAggregate() {}

  @Override
  public RetractableSketch createAccumulator() {
    return new RetractableSketch();
  }

  public void merge(RetractableSketch sketch, Iterable<RetractableSketch> others) {
    for (RetractableSketch other : others) {
      sketch.merge(other);
    }
  }

  @Override
  public byte @Nullable [] getValue(RetractableSketch sketch) {
    return sketch.sketch().count() == 0 ? null : StoredSketches.encode(sketch.sketch());
  }
}
