package io.tidewatch.analytics.quantile;

import io.tidewatch.analytics.window.AccumulatorCodec;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Bytes of a {@link LatencyPane}. Version 2: the byte 2, errors (variable-length), sum and its
 * compensation, then the sketch as {@link QuantileSketchCodec} writes it. Version 1: the byte 1,
 * errors (64 bits), the same two, length of the sketch (unsigned 16 bits), then its bytes of
 * version 1. Sums are 64-bit doubles; all big-endian.
 */
public final class LatencyPaneCodec implements AccumulatorCodec<LatencyPane> {
  private static final long serialVersionUID = 1;

  private static final int VERSION = 2;

  private final QuantileSketchCodec sketches = new QuantileSketchCodec();

  @Override
  public void write(LatencyPane pane, DataOutput out) throws IOException {
    out.writeByte(VERSION);
    QuantileSketchCodec.writeVar(pane.errors(), out);
    out.writeDouble(pane.totals().rawSum());
    out.writeDouble(pane.totals().compensation());
    sketches.write(pane.sketch(), out);
  }

  @Override
  public LatencyPane read(DataInput in) throws IOException {
    int version = in.readUnsignedByte();
    if (version != VERSION && version != LibrarySketches.VERSION) {
      throw new IOException("latency pane: version must be 1 or 2, was " + version);
    }
    long errors = version == VERSION ? QuantileSketchCodec.readVar(in) : in.readLong();
    double sum = in.readDouble();
    double compensation = in.readDouble();
    QuantileSketch sketch = version == VERSION ? sketches.read(in) : sketchOfVersion1(in);
    if (errors < 0 || errors > sketch.count() || !isSum(sum, compensation)) {
      throw new IOException(
          "latency pane: not a summary of %d requests: errors %d, sum %s"
              .formatted(sketch.count(), errors, sum));
    }
    double max = sketch.count() == 0 ? 0 : sketch.max();
    return new LatencyPane(sketch, new LatencyTotals(errors, sum, compensation, max));
  }

  private static QuantileSketch sketchOfVersion1(DataInput in) throws IOException {
    byte[] bytes = new byte[in.readUnsignedShort()];
    in.readFully(bytes);
    return LibrarySketches.readVersion1(bytes);
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
