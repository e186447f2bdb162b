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
 * does; panes of equal requests have equal bytes. Version 4, written where a trace is known: the
 * byte 4, the same, then the number of traces (unsigned byte, 1 to {@value SlowestTraces#KEPT}),
 * and for each, the slowest first, its duration (64-bit double) and its id ({@link
 * DataOutput#writeUTF}). Version 2: the byte 2, errors (Varint), sum and its compensation, then the
 * sketch. Version 1: the byte 1, errors (64 bits), the same two, length of the sketch (unsigned 16
 * bits), then its bytes of version 1. Sums of these are 64-bit doubles; all big-endian. They are
 * read unless they have overflowed.
 */
public final class LatencyPaneCodec implements AccumulatorCodec<LatencyPane> {
  private static final long serialVersionUID = 1;

  private static final int WITHOUT_TRACES = 3;
  private static final int WITH_TRACES = 4;

  /** Had a sum with the compensation of A. Neumaier, ZAMM 54, 1974. */
  private static final int COMPENSATED = 2;

  private final QuantileSketchCodec sketches = new QuantileSketchCodec();

  @Override
  public void write(LatencyPane pane, DataOutput out) throws IOException {
    SlowestTraces slowest = pane.slowest();
    out.writeByte(slowest == null ? WITHOUT_TRACES : WITH_TRACES);
    Varint.write(pane.errors(), out);
    sketches.write(pane.sketch(), out);
    ExactMomentsCodec.write(pane.sum(), 0, out);
    if (slowest != null) {
      out.writeByte(slowest.size());
      for (int i = 0; i < slowest.size(); i++) {
        out.writeDouble(slowest.durationMs(i));
        out.writeUTF(slowest.id(i));
      }
    }
  }

  @Override
  public LatencyPane read(DataInput in) throws IOException {
    int version = in.readUnsignedByte();
    return switch (version) {
      case WITHOUT_TRACES, WITH_TRACES -> readNewest(in, version);
      case COMPENSATED, LibrarySketches.VERSION -> readCompensated(in, version);
      default -> throw new IOException("latency pane: version must be from 1 to 4, was " + version);
    };
  }

  private LatencyPane readNewest(DataInput in, int version) throws IOException {
    long errors = Varint.read(in);
    QuantileSketch sketch = sketches.read(in);
    ExactMoments sum = ExactMoments.ofSums(1);
    ExactMomentsCodec.read(in, sum, 0, sketch.count());
    double ms = sum.sum(0);
    SlowestTraces slowest = version == WITH_TRACES ? readTraces(in, sketch.max()) : null;
    return checked(errors, sketch, ms, ms >= 0 ? sum : null, slowest);
  }

  private static SlowestTraces readTraces(DataInput in, double maxMs) throws IOException {
    SlowestTraces traces = new SlowestTraces();
    int size = in.readUnsignedByte();
    boolean isInOrder = size >= 1 && size <= SlowestTraces.KEPT;
    for (int i = 0; i < size && isInOrder; i++) {
      double durationMs = in.readDouble();
      String id = in.readUTF();
      traces.add(durationMs, id);
      boolean isOfPane = durationMs >= 0 && durationMs <= maxMs;
      isInOrder = isOfPane && traces.size() == i + 1 && traces.id(i).equals(id);
    }
    if (!isInOrder) {
      throw new IOException(
          "latency pane: traces must be 1 to %d of its requests, the slowest first, were %d: %s"
              .formatted(SlowestTraces.KEPT, size, traces));
    }
    return traces;
  }

  private LatencyPane readCompensated(DataInput in, int version) throws IOException {
    long errors = version == COMPENSATED ? Varint.read(in) : in.readLong();
    double ms = in.readDouble();
    double compensationMs = in.readDouble();
    QuantileSketch sketch = version == COMPENSATED ? sketches.read(in) : sketchOfVersion1(in);
    boolean isSum = ms >= 0 && ms <= Double.MAX_VALUE && Math.abs(compensationMs) <= ms;
    ExactMoments sum = isSum ? ExactMoments.ofTerms(sketch.count(), ms, compensationMs) : null;
    return checked(errors, sketch, ms, sum, null);
  }

  private static LatencyPane checked(
      long errors,
      QuantileSketch sketch,
      double sumMs,
      @Nullable ExactMoments sum,
      @Nullable SlowestTraces slowest)
      throws IOException {
    if (errors < 0 || errors > sketch.count() || sum == null) {
      throw new IOException(
          "latency pane: not a summary of %d requests: errors %d, sum %s"
              .formatted(sketch.count(), errors, sumMs));
    }
    return new LatencyPane(sketch, sum, errors, slowest);
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
