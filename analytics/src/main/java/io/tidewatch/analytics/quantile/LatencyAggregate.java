package io.tidewatch.analytics.quantile;

import io.tidewatch.analytics.window.AccumulatorCodec;
import io.tidewatch.analytics.window.FoldedWindow;
import io.tidewatch.analytics.window.HeapBytes;
import io.tidewatch.analytics.window.MovingWindow;
import io.tidewatch.analytics.window.SubtractingWindow;
import io.tidewatch.analytics.window.WindowAggregate;
import io.tidewatch.schemas.derived.LatencyWindow;
import io.tidewatch.schemas.event.ApiLatency;
import io.tidewatch.schemas.model.WindowSpec;

/**
 * Rate, errors and percentiles of one endpoint; all endpoints share one window. The rate is over
 * the whole length of the window, also where requests began in the middle of it. See {@link
 * LatencyPane} for what is exact and what is not.
 */
public final class LatencyAggregate
    implements WindowAggregate<EndpointKey, ApiLatency, LatencyPane, LatencyWindow> {
  private static final long serialVersionUID = 1;

  private static final double MS_PER_SECOND = 1000;

  private final WindowSpec window;
  private final CarriedSketches sketches;

  /** Results carry no sketch. */
  public LatencyAggregate(WindowSpec window) {
    this(window, CarriedSketches.NONE);
  }

  /**
   * @param sketches which results carry the sketch of their durations
   */
  public LatencyAggregate(WindowSpec window, CarriedSketches sketches) {
    this.window = window;
    this.sketches = sketches;
  }

  @Override
  public WindowSpec window(EndpointKey key) {
    return window;
  }

  @Override
  public LatencyPane create(EndpointKey key) {
    return new LatencyPane();
  }

  @Override
  public void add(LatencyPane pane, ApiLatency record) {
    pane.add(record.durationMs(), record.status());
  }

  @Override
  public void merge(LatencyPane into, LatencyPane from) {
    into.merge(from);
  }

  @Override
  public MovingWindow<LatencyPane> moving(EndpointKey key) {
    FoldedWindow<LatencyPane, double[]> longestMs =
        new FoldedWindow<>(
            window.sizeMs(),
            () -> new double[1],
            (fold, pane) -> keepLonger(fold, pane.maxMs()),
            (fold, from) -> keepLonger(fold, from[0]));
    return new SubtractingWindow<>(
        LatencyPane::new,
        LatencyPane::merge,
        LatencyPane::subtract,
        longestMs,
        (sum, fold) -> sum.longest(fold[0]));
  }

  private static void keepLonger(double[] fold, double durationMs) {
    if (durationMs > fold[0]) {
      fold[0] = durationMs;
    }
  }

  @Override
  public LatencyWindow result(EndpointKey key, long startMs, long endMs, LatencyPane merged) {
    double[] quantilesMs = merged.quantilesMs(0.50, 0.90, 0.95, 0.99);
    LatencyWindow result =
        new LatencyWindow(
            key.service(),
            key.endpoint(),
            key.method(),
            startMs,
            endMs,
            merged.count(),
            merged.count() * MS_PER_SECOND / (endMs - startMs),
            merged.errors(),
            100.0 * merged.errors() / merged.count(),
            merged.meanMs(),
            quantilesMs[0],
            quantilesMs[1],
            quantilesMs[2],
            quantilesMs[3],
            merged.maxMs());
    return sketches.carries(startMs, endMs)
        ? result.sketched(StoredSketches.encode(merged.sketch()))
        : result;
  }

  @Override
  public LatencyWindow revised(LatencyWindow result, int revision) {
    return result.revised(revision);
  }

  @Override
  public HeapBytes paneBytes(EndpointKey key) {
    return LatencyPane.heapBytes();
  }

  @Override
  public HeapBytes movingBytes(EndpointKey key) {
    return SubtractingWindow.heapBytes(
        window.sizeMs() / window.slideMs(),
        LatencyPane.heapBytes().plus(QuantileSketch.heapBytesOfRoom()),
        HeapBytes.always(HeapBytes.ofArray(1, Double.BYTES)));
  }

  @Override
  public AccumulatorCodec<LatencyPane> codec() {
    return new LatencyPaneCodec();
  }
}
