package io.tidewatch.analytics.quantile;

import io.tidewatch.analytics.exact.ExactMoments;
import io.tidewatch.analytics.exact.ExactMomentsCodec;
import io.tidewatch.analytics.window.AccumulatorCodec;
import io.tidewatch.analytics.window.Varint;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Bytes of a {@link LatencyPane}. Version 3: the byte 3, errors ({@link Varint}), the sketch as
 * {@link QuantileSketchCodec} writes it, then the sum of durations as {@link ExactMomentsCodec}
 * does; panes of equal requests have equal bytes. Version 2: the byte 2, errors (Varint), sum and
 * its compensation, then the sketch. Version 1: the byte 1, errors (64 bits), the same two, length
 * of the sketch (unsigned 16 bits), then its bytes of version 1. Sums of these are 64-bit doubles;
 * all big-endian. They are read unless they have overflowed.
 */
public final class LatencyPaneCodec implements AccumulatorCodec<LatencyPane> {
  private static final long serialVersionUID = 1;

  private static final int VERSION = 3;

  /** Had a sum with the compensation of A. Neumaier, ZAMM 54, 1974. */
  private static final int COMPENSATED = 2;

  private final QuantileSketchCodec sketches = new QuantileSketchCodec();

  @Override
  public void write(LatencyPane pane, DataOutput out) throws IOException {
    out.writeByte(VERSION);
    Varint.write(pane.errors(), out);
    sketches.write(pane.sketch(), out);
    ExactMomentsCodec.write(pane.sum(), 0, out);
  }

  @Override
  public LatencyPane read(DataInput in) throws IOException {
    int version = in.readUnsignedByte();
    return switch (version) {
      case VERSION -> readNewest(in);
      case COMPENSATED, LibrarySketches.VERSION -> readCompensated(in, version);
      default -> throw new IOException("latency pane: version must be 1, 2 or 3, was " + version);
    };
  }

  private LatencyPane readNewest(DataInput in) throws IOException {
    long errors = Varint.read(in);
    QuantileSketch sketch = sketches.read(in);
    ExactMoments sum = ExactMoments.ofSums(1);
    ExactMomentsCodec.read(in, sum, 0, sketch.count());
    double ms = sum.sum(0);
    return checked(errors, sketch, ms, ms >= 0 ? sum : null);
  }

  private LatencyPane readCompensated(DataInput in, int version) throws IOException {
    long errors = version == COMPENSATED ? Varint.read(in) : in.readLong();
    double ms = in.readDouble();
    double compensationMs = in.readDouble();
    QuantileSketch sketch = version == COMPENSATED ? sketches.read(in) : sketchOfVersion1(in);
    boolean isSum = ms >= 0 && ms <= Double.MAX_VALUE && Math.abs(compensationMs) <= ms;
    ExactMoments sum = isSum ? ExactMoments.ofTerms(sketch.count(), ms, compensationMs) : null;
    return checked(errors, sketch, ms, sum);
  }

  private static LatencyPane checked(
      long errors, QuantileSketch sketch, double sumMs, @Nullable ExactMoments sum)
      throws IOException {
    if (errors < 0 || errors > sketch.count() || sum == null) {
      throw new IOException(
          "latency pane: not a summary of %d requests: errors %d, sum %s"
              .formatted(sketch.count(), errors, sumMs));
    }
    return new LatencyPane(sketch, sum, errors);
  }

  private static QuantileSketch sketchOfVersion1(DataInput in) throws IOException {
    byte[] bytes = new byte[in.readUnsignedShort()];
    in.readFully(bytes);
    return LibrarySketches.readVersion1(bytes);
  }

  @Override
  public LatencyPane copy(LatencyPane pane) {
    return pane.copy();
  }
}
