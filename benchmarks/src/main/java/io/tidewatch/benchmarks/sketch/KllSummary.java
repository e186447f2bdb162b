package io.tidewatch.benchmarks.sketch;

import org.apache.datasketches.kll.KllDoublesSketch;

final class KllSummary implements QuantileSummary {
  private final KllDoublesSketch sketch = KllDoublesSketch.newHeapInstance();

  @Override
  public void add(double value) {
    sketch.update(value);
  }

  @Override
  public void merge(QuantileSummary from) {
    sketch.merge(((KllSummary) from).sketch);
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
