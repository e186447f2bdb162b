package io.tidewatch.analytics.feature;

import static io.tidewatch.analytics.feature.FeaturePane.MAX_FIELDS;

import io.tidewatch.analytics.exact.ExactMoments;
import io.tidewatch.analytics.exact.ExactMomentsCodec;
import io.tidewatch.analytics.window.AccumulatorCodec;
import io.tidewatch.analytics.window.Varint;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Bytes of a {@link FeaturePane}. Version 2: the byte 2, number of fields (unsigned 16 bits),
 * number of records ({@link Varint}), then for each field its count (Varint) and, unless that is 0,
 * min and max (64-bit doubles) and the sums as {@link ExactMomentsCodec} writes them; all
 * big-endian. Equal panes have equal bytes, about 50 a field. Version 1 held means that cannot be
 * made exact; it was never released and is not read.
 */
public final class FeaturePaneCodec implements AccumulatorCodec<FeaturePane> {
  private static final long serialVersionUID = 1;

  private static final int VERSION = 2;

  @Override
  public void write(FeaturePane pane, DataOutput out) throws IOException {
    out.writeByte(VERSION);
    out.writeShort(pane.fields());
    Varint.write(pane.records(), out);
    ExactMoments moments = pane.moments();
    for (int field = 0; field < pane.fields(); field++) {
      Varint.write(moments.count(field), out);
      if (moments.count(field) > 0) {
        out.writeDouble(pane.min(field));
        out.writeDouble(pane.max(field));
        ExactMomentsCodec.write(moments, field, out);
      }
    }
  }

  @Override
  public FeaturePane read(DataInput in) throws IOException {
    return read(in.readUnsignedByte(), in);
  }

  /** Reads what is behind the version. */
  FeaturePane read(int version, DataInput in) throws IOException {
    if (version != VERSION) {
      throw new IOException("feature pane: version must be 2, was " + version);
    }
    int fields = in.readUnsignedShort();
    if (fields > MAX_FIELDS) {
      throw new IOException(
          "feature pane: fields must be at most " + MAX_FIELDS + ", was " + fields);
    }
    long records = Varint.read(in);
    if (records < 0) {
      throw new IOException("feature pane: records must be ≥ 0, was " + records);
    }
    ExactMoments moments = ExactMoments.ofSumsAndSquares(fields);
    ExactMomentsCodec.Columns sums = new ExactMomentsCodec.Columns(moments);
    Extremes extremes = new Extremes(fields);
    for (int field = 0; field < fields; field++) {
      long count = Varint.read(in);
      if (count != 0) {
        double min = in.readDouble();
        double max = in.readDouble();
        check(field, records, count, min, max);
        extremes.set(field, min, max);
        sums.read(in, field, count);
      }
    }
    sums.end();
    return new FeaturePane(records, moments, extremes);
  }

  private static void check(int field, long records, long count, double min, double max)
      throws IOException {
    boolean ordered = Double.isFinite(min) && Double.isFinite(max) && min <= max;
    if (count < 0 || count > records || !ordered) {
      throw new IOException(
          "feature pane: field %d is not a summary of %d records: count %d, min %s, max %s"
              .formatted(field, records, count, min, max));
    }
  }

  @Override
  public FeaturePane copy(FeaturePane pane) {
    return pane.copy();
  }
}
