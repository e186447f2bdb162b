package io.tidewatch.analytics.detect;

import io.tidewatch.analytics.window.HeapBytes;
import java.time.Duration;

/**
 * How much heap a detector takes at most: that of one that has run for weeks and has all its trees
 * full. A test holds it against real ones.
 */
public final class DetectorSize {
  /** Forests of residuals: of the last rows, and of more of them. */
  private static final int FORESTS = 2;

  private DetectorSize() {}

  /**
   * Bytes of heap.
   *
   * @param spacing of the rows, which says how many a day has, and so how many are kept
   */
  public static long heapBytesAtMost(DetectorSettings settings, Duration spacing) {
    long boxTree =
        HeapBytes.ofObject(7 * HeapBytes.REFERENCE + 2 * Integer.BYTES)
            + 5 * HeapBytes.ofArray(settings.nodesPerTree(), Float.BYTES)
            + 2 * HeapBytes.ofArray(settings.nodesPerTree(), Short.BYTES)
            + HeapBytes.REFERENCE;
    long rangeTrees =
        HeapBytes.ofArray(ResidualForest.TREES * RangeTrees.NODES, Byte.BYTES)
            + 4 * HeapBytes.ofArray(ResidualForest.TREES * RangeTrees.NODES, Float.BYTES);
    long seen =
        2 * HeapBytes.ofArray(SeenValues.MOST, Double.BYTES)
            + HeapBytes.ofArray(SeenValues.MOST, Integer.BYTES);
    return (long) SeriesViews.VIEWS.size() * settings.treesPerView() * boxTree
        + FORESTS * rangeTrees
        + ResidualForest.VIEWS * HeapBytes.ofArray(ResidualForest.KEPT, Float.BYTES)
        + Novelty.VIEWS * seen
        + HeapBytes.ofArray(SeriesViews.VALUES + SeriesViews.RESIDUALS, Double.BYTES)
        + HeapBytes.ofArray(DayLength.ROWS, Long.BYTES)
        + HeapBytes.ofArray(seasonRows(spacing), Float.BYTES)
        + cooldown(settings.cooldownRows());
  }

  private static long seasonRows(Duration spacing) {
    long[] times = {0, spacing.toMillis()};
    return SeasonRows.kept(DayLength.rows(times));
  }

  /** Its ring grows by doubling, to as many scores as rows are looked back at worst. */
  private static long cooldown(int rows) {
    return 2 * HeapBytes.ofArray(2L * Integer.highestOneBit(rows), Double.BYTES);
  }
}
