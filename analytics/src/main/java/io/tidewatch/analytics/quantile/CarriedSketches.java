package io.tidewatch.analytics.quantile;

/** Which latency windows carry the sketch of their durations. */
public enum CarriedSketches {
  /** Each: the percentiles of a group of endpoints can be computed for each window. */
  ALL,
  /**
   * Those that tile time, which end at a multiple of their length: enough for each coarser range,
   * in {@code slide / size} of the bytes, and no request is in two sketches.
   */
  TILING,
  /** None. */
  NONE;

  /** Whether that window does. */
  boolean carries(long startMs, long endMs) {
    return this == ALL || (this == TILING && endMs % (endMs - startMs) == 0);
  }
}
