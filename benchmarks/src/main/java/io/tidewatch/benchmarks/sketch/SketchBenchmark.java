package io.tidewatch.benchmarks.sketch;

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

/** What a window does with a sketch: a value more, its panes merged, its percentiles read. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@SuppressWarnings("NullAway.Init") // set by JMH and setUp()
public class SketchBenchmark {
  private static final int VALUES = 1 << 14;
  private static final int PANES = 60;
  private static final int PER_PANE = 100;

  @Param public SketchKind sketch;

  @Param public Distribution distribution;

  private double[] values;
  private QuantileSummary[] panes;
  private QuantileSummary window;
  private int next;

  @Setup(Level.Iteration)
  public void setUp() {
    values = distribution.values(VALUES);
    window = sketch.create();
    panes = new QuantileSummary[PANES];
    for (int pane = 0; pane < PANES; pane++) {
      panes[pane] = sketch.create();
      for (int i = 0; i < PER_PANE; i++) {
        panes[pane].add(values[pane * PER_PANE + i]);
        window.add(values[pane * PER_PANE + i]);
      }
    }
  }

  /** One value more in a sketch of thousands. */
  @Benchmark
  public QuantileSummary add() {
    window.add(nextValue());
    return window;
  }

  /** A window from its panes of a hundred values; time of one pane. */
  @Benchmark
  @OperationsPerInvocation(PANES)
  public QuantileSummary merge() {
    QuantileSummary merged = sketch.create();
    for (QuantileSummary pane : panes) {
      merged.merge(pane);
    }
    return merged;
  }

  /** p50, p95 and p99 after a value more, as nothing may be kept from the last time. */
  @Benchmark
  public double quantiles() {
    window.add(nextValue());
    return window.quantile(0.50) + window.quantile(0.95) + window.quantile(0.99);
  }

  private double nextValue() {
    next = (next + 1) & (VALUES - 1);
    return values[next];
  }
}
