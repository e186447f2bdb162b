package io.tidewatch.analytics.series;

/**
 * What a monitor takes of a row.
 *
 * @param startMs start of its window, milliseconds since the epoch
 * @param timeMs end of its window, milliseconds since the epoch
 * @param value {@code NaN} where it is missing
 */
public record SeriesPoint(long startMs, long timeMs, double value) {}
