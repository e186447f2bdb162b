package io.tidewatch.udfs.sql;

import org.apache.flink.table.functions.ScalarFunction;
import org.jspecify.annotations.Nullable;

/**
 * {@code SKETCH_COUNT(s BYTES) → BIGINT}: how many values a sketch is of. NULL of NULL. Bytes that
 * are no sketch fail the query.
 */
public final class SketchCountFunction extends ScalarFunction {
  private static final long serialVersionUID = 1;

  public @Nullable Long eval(byte @Nullable [] s) {
    return s == null ? null : (Long) SketchBytes.read("SKETCH_COUNT", s).count();
  }
}
