package io.tidewatch.analytics.window;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Bytes of a {@link PointSeries}. Version 1: the byte 1, size and slide (int each), number of
 * points, time of the last and last millisecond told (long each), then by {@link PanesCodec} the
 * panes, and in the same shape the begins of the windows, whose accumulator is a long.
 *
 * @param <A> accumulator of a pane
 */
public final class PointSeriesCodec<A> implements AccumulatorCodec<PointSeries<A>> {
  private static final long serialVersionUID = 1;
  private static final byte VERSION = 1;

  private final PanesCodec<A> panes;
  private final PanesCodec<Long> begins = new PanesCodec<>(new TimeCodec());

  public PointSeriesCodec(AccumulatorCodec<A> accumulators) {
    this.panes = new PanesCodec<>(accumulators);
  }

  @Override
  public void write(PointSeries<A> series, DataOutput out) throws IOException {
    out.writeByte(VERSION);
    out.writeInt(series.size);
    out.writeInt(series.slide);
    out.writeLong(series.points);
    out.writeLong(series.lastMs);
    out.writeLong(series.toldMs);
    panes.write(series.panes, out);
    begins.write(series.beginsMs, out);
  }

  @Override
  public PointSeries<A> read(DataInput in) throws IOException {
    byte version = in.readByte();
    if (version != VERSION) {
      throw new IOException("points: version must be 1, was " + version);
    }
    int size = in.readInt();
    int slide = in.readInt();
    if (slide < 1 || slide > size) {
      throw new IOException("points: slide must be 1 to size (" + size + "), was " + slide);
    }
    long points = in.readLong();
    if (points < 0) {
      throw new IOException("points: number must be ≥ 0, was " + points);
    }
    return new PointSeries<>(
        size, slide, points, in.readLong(), in.readLong(), panes.read(in), begins.read(in));
  }

  @Override
  public PointSeries<A> copy(PointSeries<A> series) {
    return new PointSeries<>(
        series.size,
        series.slide,
        series.points,
        series.lastMs,
        series.toldMs,
        panes.copy(series.panes),
        begins.copy(series.beginsMs));
  }

  private static final class TimeCodec implements AccumulatorCodec<Long> {
    private static final long serialVersionUID = 1;

    @Override
    public void write(Long value, DataOutput out) throws IOException {
      out.writeLong(value);
    }

    @Override
    public Long read(DataInput in) throws IOException {
      return in.readLong();
    }

    @Override
    public Long copy(Long value) {
      return value;
    }
  }
}
