package io.tidewatch.analytics.window;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Bytes of {@link Panes}. Version 1: the byte 1, number of panes (int), then for each its start
 * (long) and its accumulator in the accumulator's own codec. Version 2, written where a record was
 * late but allowed: the byte 2, then the same with the number of these records (int) behind each
 * start.
 *
 * @param <A> accumulator
 */
public final class PanesCodec<A> implements AccumulatorCodec<Panes<A>> {
  private static final long serialVersionUID = 1;
  private static final byte IN_TIME = 1;
  private static final byte SOME_LATE = 2;

  private final AccumulatorCodec<A> accumulators;

  public PanesCodec(AccumulatorCodec<A> accumulators) {
    this.accumulators = accumulators;
  }

  @Override
  public void write(Panes<A> panes, DataOutput out) throws IOException {
    boolean someLate = panes.lateIn(Long.MIN_VALUE, Long.MAX_VALUE) > 0;
    out.writeByte(someLate ? SOME_LATE : IN_TIME);
    out.writeInt(panes.size());
    for (int i = 0; i < panes.size(); i++) {
      out.writeLong(panes.startMs(i));
      if (someLate) {
        out.writeInt(panes.late(i));
      }
      accumulators.write(panes.get(i), out);
    }
  }

  @Override
  public Panes<A> read(DataInput in) throws IOException {
    byte version = in.readByte();
    if (version != IN_TIME && version != SOME_LATE) {
      throw new IOException("panes: version must be 1 or 2, was " + version);
    }
    int size = in.readInt();
    if (size < 0) {
      throw new IOException("panes: size must be ≥ 0, was " + size);
    }
    Panes<A> panes = new Panes<>();
    for (int i = 0; i < size; i++) {
      long startMs = in.readLong();
      if (i > 0 && startMs <= panes.startMs(i - 1)) {
        throw new IOException("panes: starts must ascend, was " + startMs);
      }
      int late = version == SOME_LATE ? in.readInt() : 0;
      if (late < 0) {
        throw new IOException("panes: late records must be ≥ 0, were " + late);
      }
      panes.insert(startMs, accumulators.read(in));
      if (late > 0) {
        panes.addLate(i, late);
      }
    }
    return panes;
  }

  @Override
  public Panes<A> copy(Panes<A> panes) {
    Panes<A> copy = new Panes<>();
    for (int i = 0; i < panes.size(); i++) {
      copy.insert(panes.startMs(i), accumulators.copy(panes.get(i)));
      if (panes.late(i) > 0) {
        copy.addLate(i, panes.late(i));
      }
    }
    return copy;
  }
}
