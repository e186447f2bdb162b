package io.tidewatch.analytics.series;

import java.util.List;

/**
 * One row of a series: a metric over one window.
 *
 * @param key of the series
 * @param windowStartMs start of the window, inclusive, milliseconds since the epoch
 * @param windowEndMs end of the window, exclusive, milliseconds since the epoch
 * @param value in the unit of the metric; {@code NaN} where it is missing
 * @param imputed whether values of its field were put in place of missing ones
 * @param revision of the window; above 0 it was told before
 * @param traceIds of the slowest requests of the window, the slowest first; empty where none is
 *     known
 */
public record SeriesRow(
    SeriesKey key,
    long windowStartMs,
    long windowEndMs,
    double value,
    boolean imputed,
    int revision,
    List<String> traceIds) {

  /** Of no known trace. */
  public SeriesRow(
      SeriesKey key,
      long windowStartMs,
      long windowEndMs,
      double value,
      boolean imputed,
      int revision) {
    this(key, windowStartMs, windowEndMs, value, imputed, revision, List.of());
  }
}
