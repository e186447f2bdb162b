package io.tidewatch.analytics.series;

/**
 * A series that was let in.
 *
 * @param lastSeenMs event time of its newest row, milliseconds since the epoch
 */
public record AdmittedKey(SeriesKey key, long lastSeenMs) {}
