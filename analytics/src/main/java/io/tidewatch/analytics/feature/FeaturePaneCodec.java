package io.tidewatch.analytics.feature;

import static io.tidewatch.analytics.feature.FeaturePane.COUNT;
import static io.tidewatch.analytics.feature.FeaturePane.MAX;
import static io.tidewatch.analytics.feature.FeaturePane.MAX_FIELDS;
import static io.tidewatch.analytics.feature.FeaturePane.MIN;
import static io.tidewatch.analytics.feature.FeaturePane.SLOTS;
import static io.tidewatch.analytics.feature.FeaturePane.SQUARES;

import io.tidewatch.analytics.window.AccumulatorCodec;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Bytes of a {@link FeaturePane}. Version 1: the byte 1, number of fields (unsigned 16 bits),
 * number of records (64 bits), then for each field count, both parts of the mean, sum of squares,
 * min and max as 64-bit doubles; all big-endian.
 */
public final class FeaturePaneCodec implements AccumulatorCodec<FeaturePane> {
  private static final long serialVersionUID = 1;

  private static final int VERSION = 1;

  @Override
  public void write(FeaturePane pane, DataOutput out) throws IOException {
    out.writeByte(VERSION);
    out.writeShort(pane.fields());
    out.writeLong(pane.records());
    for (double moment : pane.moments()) {
      out.writeDouble(moment);
    }
  }

  @Override
  public FeaturePane read(DataInput in) throws IOException {
    int version = in.readUnsignedByte();
    if (version != VERSION) {
      throw new IOException("feature pane: version must be 1, was " + version);
    }
    int fields = in.readUnsignedShort();
    if (fields > MAX_FIELDS) {
      throw new IOException(
          "feature pane: fields must be at most " + MAX_FIELDS + ", was " + fields);
    }
    long records = in.readLong();
    if (records < 0) {
      throw new IOException("feature pane: records must be ≥ 0, was " + records);
    }
    double[] moments = new double[fields * SLOTS];
    for (int i = 0; i < moments.length; i++) {
      moments[i] = in.readDouble();
    }
    for (int at = 0; at < moments.length; at += SLOTS) {
      check(moments, at, records);
    }
    return new FeaturePane(records, moments);
  }

  private static void check(double[] moments, int at, long records) throws IOException {
    double count = moments[at + COUNT];
    double min = moments[at + MIN];
    double max = moments[at + MAX];
    boolean extremes =
        count == 0
            ? min == Double.POSITIVE_INFINITY && max == Double.NEGATIVE_INFINITY
            : Double.isFinite(min) && Double.isFinite(max) && min <= max;
    // A sum of squares may have overflowed to infinity or NaN, but it is never negative.
    if (!(count >= 0 && count <= records)
        || count != Math.rint(count)
        || !extremes
        || moments[at + SQUARES] < 0) {
      throw new IOException(
          "feature pane: field %d is not a summary of %d records: count %s, min %s, max %s"
              .formatted(at / SLOTS, records, count, min, max));
    }
  }

  @Override
  public FeaturePane copy(FeaturePane pane) {
    return pane.copy();
  }
}
