package io.tidewatch.udfs.sql;

import io.tidewatch.analytics.scale.Normalisation;
import org.apache.flink.table.functions.ScalarFunction;
import org.jspecify.annotations.Nullable;

/**
 * {@code MIN_MAX_SCALE(x, min, max) → DOUBLE}: the value on a scale from 0 at {@code min} to 1 at
 * {@code max}; {@code MIN_MAX_SCALE(x, min, max, lower, upper)} from {@code lower} to {@code
 * upper}. See {@link Normalisation#minMax}. NULL of NULL and of a value that is not finite. Bounds
 * that are not finite or not in order fail the query.
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
      @Nullable Double lower,
      @Nullable Double upper) {
    if (x == null || min == null || max == null || lower == null || upper == null) {
      return null;
    }
    try {
      return Missing.toNull(Normalisation.minMax(x, min, max, lower, upper));
    } catch (IllegalArgumentException bad) {
      throw new IllegalArgumentException("MIN_MAX_SCALE: " + bad.getMessage(), bad);
    }
  }
}
