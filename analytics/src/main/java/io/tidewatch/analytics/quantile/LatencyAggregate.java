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
import org.jspecify.annotations.Nullable;

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
    pane.add(record.durationMs(), record.status(), record.traceId());
  }

  @Override
  public void merge(LatencyPane into, LatencyPane from) {
    into.merge(from);
  }

  @Override
  public MovingWindow<LatencyPane> moving(EndpointKey key) {
    FoldedWindow<LatencyPane, Slowest> slowest =
        new FoldedWindow<>(window.sizeMs(), Slowest::new, Slowest::keep, Slowest::merge);
    return new SubtractingWindow<>(
        LatencyPane::new,
        LatencyPane::mergeSubtractable,
        LatencyPane::subtract,
        slowest,
        (sum, fold) -> sum.slowest(fold.longestMs, fold.traces));
  }

  /** What cannot be taken out of a sum. */
  private static final class Slowest {
    double longestMs;
    @Nullable SlowestTraces traces;

    void keep(LatencyPane pane) {
      keep(pane.maxMs(), pane.slowest());
    }

    void merge(Slowest from) {
      keep(from.longestMs, from.traces);
    }

    private void keep(double durationMs, @Nullable SlowestTraces others) {
      longestMs = Math.max(longestMs, durationMs);
      if (others == null) {
        return;
      }
      if (traces == null) {
        traces = others.copy();
      } else {
        traces.merge(others);
      }
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
    LatencyWindow traced = result.traced(merged.traceIds());
    return sketches.carries(startMs, endMs)
        ? traced.sketched(StoredSketches.encode(merged.sketch()))
        : traced;
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
        SlowestTraces.heapBytesOfPlaces()
            .plus(HeapBytes.ofObject(Double.BYTES + HeapBytes.REFERENCE)));
  }

  @Override
  public AccumulatorCodec<LatencyPane> codec() {
    return new LatencyPaneCodec();
  }
}
