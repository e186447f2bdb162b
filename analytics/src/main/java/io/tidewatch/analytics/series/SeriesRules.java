package io.tidewatch.analytics.series;

import java.io.Serializable;
import java.time.Duration;

/**
 * How many series there may be.
 *
 * @param maxSeries that a subtask lets in of each of its inputs, at least 1
 * @param cachedDetectors a subtask keeps ready, at least 1
 * @param forgetAfter a series without a row for this long, in event time, is forgotten with all it
 *     learnt; longer than the day of its context
 */
public record SeriesRules(int maxSeries, int cachedDetectors, Duration forgetAfter)
    implements Serializable {

  public SeriesRules {
    if (maxSeries < 1) {
      throw new IllegalArgumentException("max_series: must be ≥ 1, was " + maxSeries);
    }
    if (cachedDetectors < 1) {
      throw new IllegalArgumentException("cached_detectors: must be ≥ 1, was " + cachedDetectors);
    }
    if (forgetAfter.compareTo(Duration.ofDays(1)) <= 0) {
      throw new IllegalArgumentException("forget_after: must be > P1D, was " + forgetAfter);
    }
  }
}
