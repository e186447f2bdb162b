package io.tidewatch.benchmarks.variant;

import com.datadoghq.sketch.ddsketch.DDSketch;
import com.datadoghq.sketch.ddsketch.DDSketches;
import com.datadoghq.sketch.ddsketch.encoding.ByteArrayInput;
import com.datadoghq.sketch.ddsketch.encoding.GrowingByteArrayOutput;
import com.datadoghq.sketch.ddsketch.store.UnboundedSizeDenseStore;
import java.io.IOException;
import java.util.Arrays;

/**
 * The sketch that one takes who uses the DDSketch library as its README says; the accumulator of
 * the variants that stand for stock Flink.
 */
public final class LibrarySketch {
  private static final double RELATIVE_ERROR = 0.01;
  private static final double[] QUANTILES = {0.50, 0.95, 0.99};

  private final DDSketch sketch;
  private long count;

  public LibrarySketch() {
    this(DDSketches.unboundedDense(RELATIVE_ERROR), 0);
  }

  private LibrarySketch(DDSketch sketch, long count) {
    this.sketch = sketch;
    this.count = count;
  }

  public void add(double value) {
    sketch.accept(value);
    count++;
  }

  public void merge(LibrarySketch from) {
    sketch.mergeWith(from.sketch);
    count += from.count;
  }

  public boolean isEmpty() {
    return count == 0;
  }

  /** p50, p95, p99; {@code NaN} when empty: SQL asks before it drops empty windows. */
  double[] percentiles() {
    return isEmpty()
        ? new double[] {Double.NaN, Double.NaN, Double.NaN}
        : sketch.getValuesAtQuantiles(QUANTILES);
  }

  WindowRow row(int key, long endMs) {
    double[] at = percentiles();
    return new WindowRow(key, endMs, count, at[0], at[1], at[2]);
  }

  LibrarySketch copy() {
    return new LibrarySketch(sketch.copy(), count);
  }

  byte[] toBytes() throws IOException {
    GrowingByteArrayOutput out = GrowingByteArrayOutput.withDefaultInitialCapacity();
    sketch.encode(out, false);
    return Arrays.copyOf(out.backingArray(), out.numWrittenBytes());
  }

  static LibrarySketch of(byte[] bytes, long count) throws IOException {
    return new LibrarySketch(
        DDSketch.decode(ByteArrayInput.wrap(bytes), UnboundedSizeDenseStore::new), count);
  }

  long count() {
    return count;
  }
}
