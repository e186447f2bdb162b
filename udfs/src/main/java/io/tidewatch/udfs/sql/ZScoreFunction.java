package io.tidewatch.udfs.sql;

import io.tidewatch.analytics.scale.Normalisation;
import org.apache.flink.table.functions.ScalarFunction;
import org.jspecify.annotations.Nullable;

/**
 * {@code Z_SCORE(x, mean, std) → DOUBLE}: how many standard deviations the value lies above the
 * mean. See {@link Normalisation#zScore}. NULL of NULL and of a value that is not finite. A mean
 * that is not finite and a negative {@code std} fail the query.
 */
public final class ZScoreFunction extends ScalarFunction {
  private static final long serialVersionUID = 1;

  public @Nullable Double eval(@Nullable Double x, @Nullable Double mean, @Nullable Double std) {
    if (x == null || mean == null || std == null) {
      return null;
    }
    try {
      return Missing.toNull(Normalisation.zScore(x, mean, std));
    } catch (IllegalArgumentException bad) {
      throw new IllegalArgumentException("Z_SCORE: " + bad.getMessage(), bad);
    }
  }
}
