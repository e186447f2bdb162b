package io.tidewatch.udfs.sql;

import io.tidewatch.analytics.scale.Scaling;
import org.apache.flink.table.functions.ScalarFunction;
import org.jspecify.annotations.Nullable;

/**
 * {@code MIN_MAX_SCALE(x, min, max) → DOUBLE}: the value on a scale from 0 at {@code min} to 1 at
 * {@code max}; {@code MIN_MAX_SCALE(x, min, max, a, b)} from {@code a} to {@code b}. See {@link
 * Scaling#minMax}. NULL of NULL, of a value that is not finite, and where {@code min} and {@code
 * max} are equal. Bounds that are not finite or not in order fail the query.
 */
public final class MinMaxScaleFunction extends ScalarFunction {
  private static final long serialVersionUID = 1;

  public @Nullable Double eval(@Nullable Double x, @Nullable Double min, @Nullable Double max) {
    return eval(x, min, max, 0.0, 1.0);
  }

  public @Nullable Double eval(
      @Nullable Double x,
      @Nullable Double min,
      @Nullable Double max,
      @Nullable Double a,
      @Nullable Double b) {
    if (x == null || min == null || max == null || a == null || b == null) {
      return null;
    }
    try {
      return Missing.toNull(Scaling.minMax(x, min, max, a, b));
    } catch (IllegalArgumentException bad) {
      throw new IllegalArgumentException("MIN_MAX_SCALE: " + bad.getMessage(), bad);
    }
  }
}
