package io.tidewatch.benchmarks.sketch;

import io.tidewatch.analytics.feature.FeaturePane;
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

/** The same for the accumulator of the feature job, with records of six fields. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@SuppressWarnings("NullAway.Init") // set by JMH and setUp()
public class FeaturePaneBenchmark {
  private static final int RECORDS = 1 << 11;
  private static final int FIELDS = 6;
  private static final int PANES = 60;
  private static final int PER_PANE = 100;

  @Param public Distribution distribution;

  private double[][] records;
  private FeaturePane[] panes;
  private FeaturePane window;
  private FeaturePane moving;
  private int next;
  private int oldest;

  @Setup(Level.Iteration)
  public void setUp() {
    double[] values = distribution.values(RECORDS * FIELDS);
    records = new double[RECORDS][FIELDS];
    for (int i = 0; i < RECORDS; i++) {
      System.arraycopy(values, i * FIELDS, records[i], 0, FIELDS);
    }
    window = new FeaturePane(FIELDS);
    moving = new FeaturePane(FIELDS);
    panes = new FeaturePane[PANES];
    for (int pane = 0; pane < PANES; pane++) {
      panes[pane] = new FeaturePane(FIELDS);
      for (int i = 0; i < PER_PANE; i++) {
        panes[pane].add(nextRecord());
      }
      moving.merge(panes[pane]);
    }
  }

  @Benchmark
  public FeaturePane add() {
    window.add(nextRecord());
    return window;
  }

  /** A window from its panes; time of one pane. */
  @Benchmark
  @OperationsPerInvocation(PANES)
  public FeaturePane merge() {
    FeaturePane merged = new FeaturePane(FIELDS);
    for (FeaturePane pane : panes) {
      merged.merge(pane);
    }
    return merged;
  }

  /** A pane leaves the window, and one of the same records comes to it. */
  @Benchmark
  public FeaturePane move() {
    oldest = (oldest + 1) % PANES;
    moving.subtract(panes[oldest]);
    moving.merge(panes[oldest]);
    return moving;
  }

  /** All features of a window. */
  @Benchmark
  public double[] features() {
    return window.features();
  }

  private double[] nextRecord() {
    next = (next + 1) & (RECORDS - 1);
    return records[next];
  }
}
