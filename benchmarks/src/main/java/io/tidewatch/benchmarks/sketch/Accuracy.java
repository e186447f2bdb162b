package io.tidewatch.benchmarks.sketch;

import java.util.Arrays;

/**
 * How large a sketch is and how far off, after as many values as a window holds.
 *
 * @param bytes as it would be stored
 * @param worstRelativeError over p50, p90, p95, p99 and p99.9, of the exact value
 */
record Accuracy(int bytes, double worstRelativeError) {
  /** A minute of a hundred requests a second. */
  static final int VALUES = 6000;

  private static final double[] QUANTILES = {0.50, 0.90, 0.95, 0.99, 0.999};

  /** Panes of a second merged, as a window is made. */
  static Accuracy of(SketchKind kind, Distribution distribution) {
    double[] values = distribution.values(VALUES);
    QuantileSummary window = kind.create();
    QuantileSummary pane = kind.create();
    for (int i = 0; i < VALUES; i++) {
      pane.add(values[i]);
      if (i % 100 == 99) {
        window.merge(pane);
        pane = kind.create();
      }
    }
    Arrays.sort(values);
    double worst = 0;
    for (double q : QUANTILES) {
      double exact = values[(int) (q * (VALUES - 1))];
      worst = Math.max(worst, Math.abs(window.quantile(q) - exact) / exact);
    }
    return new Accuracy(window.bytes(), worst);
  }
}
