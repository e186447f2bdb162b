package io.tidewatch.analytics.quantile;

import io.tidewatch.analytics.window.AccumulatorCodec;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Bytes of a {@link RetractableSketch}. Version 1: the byte 1, then 0 and the sketch, or, once
 * anything was taken back, 1, the sketch and that of the values owed; both as {@link
 * QuantileSketchCodec} writes them.
 */
public final class RetractableSketchCodec implements AccumulatorCodec<RetractableSketch> {
  private static final long serialVersionUID = 1;

  private static final int VERSION = 1;

  private final QuantileSketchCodec sketches = new QuantileSketchCodec();

  @Override
  public void write(RetractableSketch value, DataOutput out) throws IOException {
    out.writeByte(VERSION);
    out.writeBoolean(value.retracted());
    sketches.write(value.sketch(), out);
    if (value.retracted()) {
      sketches.write(value.owed(), out);
    }
  }

  @Override
  public RetractableSketch read(DataInput in) throws IOException {
    int version = in.readUnsignedByte();
    if (version != VERSION) {
      throw new IOException("retractable sketch: version must be 1, was " + version);
    }
    int retracted = in.readUnsignedByte();
    if (retracted > 1) {
      throw new IOException("retractable sketch: taken back must be 0 or 1, was " + retracted);
    }
    QuantileSketch kept = sketches.read(in);
    QuantileSketch owed = retracted == 1 ? sketches.read(in) : new QuantileSketch();
    return new RetractableSketch(kept, owed, retracted == 1);
  }

  @Override
  public RetractableSketch copy(RetractableSketch value) {
    return value.copy();
  }
}
