package io.tidewatch.analytics.quantile;

import io.tidewatch.analytics.window.AccumulatorCodec;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Bytes of a {@link LatencyPane}. Version 1: the byte 1, errors (64 bits), sum and its compensation
 * (64-bit doubles), length of the sketch (unsigned 16 bits), then the bytes of {@link
 * QuantileSketch#toBytes}, which carry a version of their own; all big-endian.
 */
public final class LatencyPaneCodec implements AccumulatorCodec<LatencyPane> {
  private static final long serialVersionUID = 1;

  private static final int VERSION = 1;

  /**
   * What 16 bits hold. A sketch of all bins, nine bytes a count and three an index, takes 25 kB.
   */
  private static final int MAX_SKETCH_BYTES = 0xFFFF;

  @Override
  public void write(LatencyPane pane, DataOutput out) throws IOException {
    byte[] sketch = pane.sketch().toBytes();
    if (sketch.length > MAX_SKETCH_BYTES) {
      throw new IOException(
          "latency pane: sketch must be at most %d bytes, was %d"
              .formatted(MAX_SKETCH_BYTES, sketch.length));
    }
    out.writeByte(VERSION);
    out.writeLong(pane.errors());
    out.writeDouble(pane.rawSum());
    out.writeDouble(pane.compensation());
    out.writeShort(sketch.length);
    out.write(sketch);
  }

  @Override
  public LatencyPane read(DataInput in) throws IOException {
    int version = in.readUnsignedByte();
    if (version != VERSION) {
      throw new IOException("latency pane: version must be 1, was " + version);
    }
    long errors = in.readLong();
    double sum = in.readDouble();
    double compensation = in.readDouble();
    byte[] bytes = new byte[in.readUnsignedShort()];
    in.readFully(bytes);
    QuantileSketch sketch = QuantileSketch.fromBytes(bytes);
    if (errors < 0 || errors > sketch.count() || !isSum(sum, compensation)) {
      throw new IOException(
          "latency pane: not a summary of %d requests: errors %d, sum %s"
              .formatted(sketch.count(), errors, sum));
    }
    return new LatencyPane(sketch, errors, sum, compensation);
  }

  /** A correction is far smaller than the sum it corrects; without meaning when that overflowed. */
  private static boolean isSum(double sum, double compensation) {
    return sum == Double.POSITIVE_INFINITY || (sum >= 0 && Math.abs(compensation) <= sum);
  }

  @Override
  public LatencyPane copy(LatencyPane pane) {
    return pane.copy();
  }
}
