package io.tidewatch.benchmarks.sketch;

import org.apache.datasketches.req.ReqSketch;

final class ReqSummary implements QuantileSummary {
  private final ReqSketch sketch = ReqSketch.builder().setHighRankAccuracy(true).build();

  @Override
  public void add(double value) {
    sketch.update((float) value);
  }

  @Override
  public void merge(QuantileSummary from) {
    sketch.merge(((ReqSummary) from).sketch);
  }

  @Override
  public double quantile(double q) {
    return sketch.getQuantile(q);
  }

  @Override
  public int bytes() {
    return sketch.getSerializedSizeBytes();
  }
}
