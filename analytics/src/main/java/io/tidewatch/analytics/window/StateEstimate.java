package io.tidewatch.analytics.window;

import io.tidewatch.schemas.model.WindowSpec;
import java.time.Duration;

/**
 * What one series costs: heap of its state, and results. Neither counts what Flink keeps of a key
 * beside its value (some hundred bytes: key, entry, timers), nor the alerts of the series.
 *
 * <p>All series of a window length come to a new block at once (see {@link FoldedWindow}), when
 * each of them holds most; that moment is what is estimated, not the mean over time.
 *
 * <p>Not in it: panes of a backlog. While one is read, a partition may run ahead of the others by
 * more than disorder and fast clocks account for.
 *
 * @param window windows of the series
 * @param lateness panes kept for the allowed lateness
 * @param disorder panes ahead of the watermark because of the disorder it allows
 * @param ahead panes ahead of the watermark because clocks may be fast; at worst only
 * @param heap bytes of the state of the series
 */
public record StateEstimate(
    WindowSpec window, long lateness, long disorder, long ahead, HeapBytes heap) {

  private static final double MS_PER_SECOND = 1000;
  private static final long MS_PER_DAY = Duration.ofDays(1).toMillis();

  /**
   * @param key a series
   * @param maxOutOfOrderness how far the watermark is behind the newest record
   * @param allowedLateness see {@link SlidingWindows}
   * @param maxAhead how far a record may be ahead of the others because of a fast clock
   */
  public static <K> StateEstimate of(
      WindowAggregate<K, ?, ?, ?> aggregate,
      K key,
      Duration maxOutOfOrderness,
      Duration allowedLateness,
      Duration maxAhead) {
    WindowSpec window = aggregate.window(key);
    long inWindow = window.sizeMs() / window.slideMs();
    long lateness = slides(allowedLateness, window);
    long disorder = slides(maxOutOfOrderness, window);
    long ahead = slides(maxOutOfOrderness.plus(maxAhead), window) - disorder;
    HeapBytes pane = aggregate.paneBytes(key);
    long typical = inWindow + lateness + disorder;
    long worst = typical + ahead;
    boolean late = lateness > 0;
    HeapBytes panes =
        new HeapBytes(
            typical * pane.typical() + Panes.heapBytes(typical, late),
            worst * pane.worst() + Panes.heapBytes(worst, late));
    return new StateEstimate(
        window, lateness, disorder, ahead, panes.plus(aggregate.movingBytes(key)));
  }

  private static long slides(Duration duration, WindowSpec window) {
    return -Math.floorDiv(-duration.toMillis(), window.slideMs());
  }

  /** Panes in a window. */
  public long inWindow() {
    return window.sizeMs() / window.slideMs();
  }

  /** Panes the series keeps, with records in each slide. */
  public long panes() {
    return inWindow() + lateness + disorder;
  }

  /** Panes the series keeps when clocks are as fast as is allowed. */
  public long panesAtWorst() {
    return panes() + ahead;
  }

  /** Results a second of event time, corrections apart. */
  public double resultsPerSecond() {
    return MS_PER_SECOND / window.slideMs();
  }

  /** Rows a day of so many series that never pause, corrections apart. */
  public long rowsPerDay(long series) {
    return Math.round((double) MS_PER_DAY / window.slideMs() * series);
  }
}
