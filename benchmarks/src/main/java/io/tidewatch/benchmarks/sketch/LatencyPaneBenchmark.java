package io.tidewatch.benchmarks.sketch;

import io.tidewatch.analytics.quantile.LatencyPane;
import io.tidewatch.analytics.quantile.QuantileSketch;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * The same for the accumulator of the latency job; and what no other sketch here can: a window that
 * moves on by a pane.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@SuppressWarnings("NullAway.Init") // set by JMH and setUp()
public class LatencyPaneBenchmark {
  private static final int VALUES = 1 << 14;
  private static final int PANES = 60;
  private static final int PER_PANE = 100;
  private static final int STATUS = 200;

  @Param public Distribution distribution;

  private double[] values;
  private LatencyPane[] panes;
  private LatencyPane window;
  private LatencyPane grown;
  private QuantileSketch[] sketches;
  private QuantileSketch windowSketch;
  private int next;
  private int oldest;

  @Setup(Level.Iteration)
  public void setUp() {
    values = distribution.values(VALUES);
    panes = new LatencyPane[PANES];
    sketches = new QuantileSketch[PANES];
    window = new LatencyPane();
    windowSketch = new QuantileSketch();
    for (int pane = 0; pane < PANES; pane++) {
      panes[pane] = new LatencyPane();
      sketches[pane] = new QuantileSketch();
      for (int i = 0; i < PER_PANE; i++) {
        double value = nextValue();
        panes[pane].add(value, STATUS);
        sketches[pane].add(value);
      }
      window.merge(panes[pane]);
      windowSketch.merge(sketches[pane]);
    }
    grown = window.copy();
  }

  @Benchmark
  public LatencyPane add() {
    grown.add(nextValue(), STATUS);
    return grown;
  }

  /** A window from its panes of a hundred requests; time of one pane. */
  @Benchmark
  @OperationsPerInvocation(PANES)
  public LatencyPane merge() {
    LatencyPane merged = new LatencyPane();
    for (LatencyPane pane : panes) {
      merged.merge(pane);
    }
    return merged;
  }

  /** A pane leaves the window, and one of the same requests comes to it. */
  @Benchmark
  public LatencyPane move() {
    LatencyPane pane = panes[nextPane()];
    window.subtract(pane);
    window.merge(pane);
    return window;
  }

  /** The same of the sketch alone. */
  @Benchmark
  public QuantileSketch moveSketch() {
    QuantileSketch pane = sketches[nextPane()];
    windowSketch.subtract(pane, windowSketch.max());
    windowSketch.merge(pane);
    return windowSketch;
  }

  /** The percentiles of a row. */
  @Benchmark
  public double[] percentiles() {
    return window.quantilesMs(0.50, 0.90, 0.95, 0.99);
  }

  private double nextValue() {
    next = (next + 1) & (VALUES - 1);
    return values[next];
  }

  private int nextPane() {
    oldest = (oldest + 1) % PANES;
    return oldest;
  }
}
