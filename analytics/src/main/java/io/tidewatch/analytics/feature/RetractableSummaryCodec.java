package io.tidewatch.analytics.feature;

import io.tidewatch.analytics.window.AccumulatorCodec;
import io.tidewatch.analytics.window.Varint;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Bytes of a {@link RetractableSummary}. Version 1: the byte 1, what was added and what was taken
 * back as {@link FeaturePaneCodec} writes them, how many different values there are ({@link
 * Varint}), and for each in ascending order the value (64-bit double, big-endian) and how often it
 * was added less how often it was taken back (zigzag, Varint).
 */
public final class RetractableSummaryCodec implements AccumulatorCodec<RetractableSummary> {
  private static final long serialVersionUID = 1;

  private static final int VERSION = 1;

  private final FeaturePaneCodec panes = new FeaturePaneCodec();

  @Override
  public void write(RetractableSummary value, DataOutput out) throws IOException {
    out.writeByte(VERSION);
    panes.write(value.added(), out);
    panes.write(value.taken(), out);
    Varint.write(value.counts().size(), out);
    for (Map.Entry<Double, Long> each : value.counts().entrySet()) {
      out.writeDouble(each.getKey());
      long count = each.getValue();
      Varint.write(count << 1 ^ count >> 63, out);
    }
  }

  @Override
  public RetractableSummary read(DataInput in) throws IOException {
    int version = in.readUnsignedByte();
    if (version != VERSION) {
      throw new IOException("retractable summary: version must be 1, was " + version);
    }
    FeaturePane added = panes.read(in);
    FeaturePane taken = panes.read(in);
    if (added.fields() != 1 || taken.fields() != 1) {
      throw new IOException(
          "retractable summary: must be of one field, was of %d and %d"
              .formatted(added.fields(), taken.fields()));
    }
    NavigableMap<Double, Long> counts = new TreeMap<>();
    long size = Varint.read(in);
    if (size < 0) {
      throw new IOException("retractable summary: values must be ≥ 0, were " + size);
    }
    for (long i = 0; i < size; i++) {
      double value = in.readDouble();
      long zigzag = Varint.read(in);
      boolean ascending = counts.isEmpty() || Double.compare(value, counts.lastKey()) > 0;
      if (!Double.isFinite(value) || !ascending || zigzag == 0) {
        throw new IOException(
            "retractable summary: values must be finite, ascending and counted, was " + value);
      }
      counts.put(value, zigzag >>> 1 ^ -(zigzag & 1));
    }
    return new RetractableSummary(added, taken, counts);
  }

  @Override
  public RetractableSummary copy(RetractableSummary value) {
    return value.copy();
  }
}
