package io.tidewatch.benchmarks.sketch;

import io.tidewatch.analytics.quantile.QuantileSketch;

final class TidewatchSummary implements QuantileSummary {
  private final QuantileSketch sketch = new QuantileSketch();

  @Override
  public void add(double value) {
    sketch.add(value);
  }

  @Override
  public void merge(QuantileSummary from) {
    sketch.merge(((TidewatchSummary) from).sketch);
  }

  @Override
  public double quantile(double q) {
    return sketch.quantile(q);
  }

  @Override
  public int bytes() {
    return sketch.toBytes().length;
  }
}
