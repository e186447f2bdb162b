package io.tidewatch.benchmarks.sketch;

import java.nio.ByteBuffer;
import java.util.zip.Deflater;
import org.HdrHistogram.DoubleHistogram;

final class HdrSummary implements QuantileSummary {
  private static final int DIGITS = 2;
  private static final double PERCENT = 100;

  private final DoubleHistogram histogram = new DoubleHistogram(DIGITS);

  @Override
  public void add(double value) {
    histogram.recordValue(value);
  }

  @Override
  public void merge(QuantileSummary from) {
    histogram.add(((HdrSummary) from).histogram);
  }

  @Override
  public double quantile(double q) {
    return histogram.getValueAtPercentile(q * PERCENT);
  }

  @Override
  public int bytes() {
    ByteBuffer buffer = ByteBuffer.allocate(histogram.getNeededByteBufferCapacity());
    return histogram.encodeIntoCompressedByteBuffer(buffer, Deflater.DEFAULT_COMPRESSION);
  }
}
