package io.tidewatch.analytics.window;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Bytes of {@link Panes}: version byte 1, number of panes (int), then for each its start (long) and
 * its accumulator in the accumulator's own codec.
 *
 * @param <A> accumulator
 */
public final class PanesCodec<A> implements AccumulatorCodec<Panes<A>> {
  private static final long serialVersionUID = 1;
  private static final byte VERSION = 1;

  private final AccumulatorCodec<A> accumulators;

  public PanesCodec(AccumulatorCodec<A> accumulators) {
    this.accumulators = accumulators;
  }

  @Override
  public void write(Panes<A> panes, DataOutput out) throws IOException {
    out.writeByte(VERSION);
    out.writeInt(panes.size());
    for (int i = 0; i < panes.size(); i++) {
      out.writeLong(panes.startMs(i));
      accumulators.write(panes.get(i), out);
    }
  }

  @Override
  public Panes<A> read(DataInput in) throws IOException {
    byte version = in.readByte();
    if (version != VERSION) {
      throw new IOException("panes: version must be 1, was " + version);
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
      panes.insert(startMs, accumulators.read(in));
    }
    return panes;
  }

  @Override
  public Panes<A> copy(Panes<A> panes) {
    Panes<A> copy = new Panes<>();
    for (int i = 0; i < panes.size(); i++) {
      copy.insert(panes.startMs(i), accumulators.copy(panes.get(i)));
    }
    return copy;
  }
}
