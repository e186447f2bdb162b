package io.tidewatch.analytics.quantile;

import io.tidewatch.analytics.window.FoldedWindow;
import io.tidewatch.analytics.window.HeapBytes;
import io.tidewatch.analytics.window.MovingWindow;
import io.tidewatch.analytics.window.Panes;
import org.jspecify.annotations.Nullable;

/**
 * The requests of a window that moves on: panes are added to its sketch as they close and
 * subtracted as they leave, which for counts is exact; sum and max are folded.
 */
final class MovingLatency implements MovingWindow<LatencyPane> {
  private final FoldedWindow<LatencyPane, LatencyTotals> folds;

  /** Of the panes that start in {@code [fromMs, untilMs)} and have not left. */
  private QuantileSketch sketch = new QuantileSketch();

  private long fromMs = Long.MIN_VALUE;
  private long untilMs = Long.MIN_VALUE;

  MovingLatency(long sizeMs) {
    folds =
        new FoldedWindow<>(
            sizeMs,
            LatencyTotals::new,
            (totals, pane) -> totals.merge(pane.totals()),
            LatencyTotals::merge);
  }

  /** Heap of it for windows of so many panes. */
  static HeapBytes heapBytes(long panes) {
    return FoldedWindow.heapBytes(panes, LatencyTotals.heapBytes())
        .plus(QuantileSketch.heapBytes())
        .plus(QuantileSketch.heapBytesOfRoom())
        .plus(HeapBytes.ofObject(2 * Long.BYTES + 2 * HeapBytes.REFERENCE));
  }

  @Override
  public @Nullable LatencyPane at(Panes<LatencyPane> panes, long startMs, long endMs) {
    leave(panes, startMs);
    for (int i = panes.firstFrom(Math.max(untilMs, startMs));
        i < panes.size() && panes.startMs(i) < endMs;
        i++) {
      sketch.merge(panes.get(i).sketch());
    }
    untilMs = endMs;
    LatencyTotals totals = folds.at(panes, startMs, endMs);
    if (totals == null) {
      return null;
    }
    sketch.greatest(totals.maxMs());
    return new LatencyPane(sketch, totals);
  }

  @Override
  public void leave(Panes<LatencyPane> panes, long startMs) {
    long endMs = Math.min(startMs, untilMs);
    for (int i = panes.firstFrom(fromMs); i < panes.size() && panes.startMs(i) < endMs; i++) {
      sketch.subtract(panes.get(i).sketch(), sketch.max());
    }
    fromMs = startMs;
    if (sketch.count() == 0) {
      sketch = new QuantileSketch();
    }
  }
}
