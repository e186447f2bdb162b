package io.tidewatch.benchmarks.sketch;

import com.datadoghq.sketch.ddsketch.DDSketch;
import com.datadoghq.sketch.ddsketch.encoding.GrowingByteArrayOutput;
import java.io.IOException;
import java.io.UncheckedIOException;

final class DdSummary implements QuantileSummary {
  private final DDSketch sketch;

  DdSummary(DDSketch sketch) {
    this.sketch = sketch;
  }

  @Override
  public void add(double value) {
    sketch.accept(value);
  }

  @Override
  public void merge(QuantileSummary from) {
    sketch.mergeWith(((DdSummary) from).sketch);
  }

  @Override
  public double quantile(double q) {
    return sketch.getValueAtQuantile(q);
  }

  @Override
  public int bytes() {
    GrowingByteArrayOutput out = GrowingByteArrayOutput.withDefaultInitialCapacity();
    try {
      sketch.encode(out, false);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.numWrittenBytes();
  }
}
