package io.tidewatch.analytics.model;

/**
 * A row of the history.
 *
 * @param priority by which it stays: of two rows the one with the greater stays longer
 * @param timeMs end of its window, milliseconds since the epoch
 * @param values one a scored feature, {@code NaN} where one is missing
 */
public record ReservoirRow(double priority, long timeMs, double[] values) {}
