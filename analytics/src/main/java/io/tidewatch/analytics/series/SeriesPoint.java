package io.tidewatch.analytics.series;

/**
 * What a monitor takes of a row.
 *
 * @param startMs start of its window, milliseconds since the epoch. State of before it was kept
 *     reads as 0; that is taken for the end, since those rows all stood apart
 * @param timeMs end of its window, milliseconds since the epoch
 * @param value {@code NaN} where it is missing
 */
public record SeriesPoint(long startMs, long timeMs, double value) {

  public SeriesPoint {
    startMs = startMs == 0 ? timeMs : startMs;
  }
}
