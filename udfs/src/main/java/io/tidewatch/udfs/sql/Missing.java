package io.tidewatch.udfs.sql;

import org.jspecify.annotations.Nullable;

/** What {@code analytics} calls missing, {@code NaN}, is NULL in SQL, and the other way round. */
final class Missing {

  private Missing() {}

  static @Nullable Double toNull(double value) {
    return Double.isNaN(value) ? null : (Double) value;
  }

  static double toNaN(@Nullable Double value) {
    return value == null ? Double.NaN : value;
  }
}
