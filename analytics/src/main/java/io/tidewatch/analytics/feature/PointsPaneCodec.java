package io.tidewatch.analytics.feature;

import static io.tidewatch.analytics.feature.FeaturePane.MAX_FIELDS;

import io.tidewatch.analytics.window.Varint;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Bytes of a {@link PointsPane} behind the version: number of fields (unsigned 16 bits), number of
 * records ({@link Varint}) and, unless that is 0, the event time of the first (64 bits), then for
 * each record how many milliseconds it is after the one before (Varint) and its values (64-bit
 * doubles, {@code NaN} where missing); all big-endian, records in their order. Equal panes have
 * equal bytes: 1 or 2 a record and 8 for each value.
 */
final class PointsPaneCodec {

  private PointsPaneCodec() {}

  static void write(PointsPane pane, DataOutput out) throws IOException {
    PointsPane ordered = pane.ordered();
    int records = (int) ordered.records();
    int fields = ordered.fields();
    out.writeShort(fields);
    Varint.write(records, out);
    long before = 0;
    for (int i = 0; i < records; i++) {
      long timeMs = ordered.timesMs()[i];
      if (i == 0) {
        out.writeLong(timeMs);
        before = timeMs;
      }
      Varint.write(timeMs - before, out);
      before = timeMs;
      for (int field = 0; field < fields; field++) {
        out.writeDouble(ordered.values()[i * fields + field]);
      }
    }
  }

  /** Grows as it reads, so that a wrong number of records asks for no memory. */
  static PointsPane read(DataInput in) throws IOException {
    int fields = in.readUnsignedShort();
    if (fields > MAX_FIELDS) {
      throw new IOException(
          "points pane: fields must be at most " + MAX_FIELDS + ", was " + fields);
    }
    long records = Varint.read(in);
    if (records < 0 || records > Integer.MAX_VALUE) {
      throw new IOException(
          "points pane: records must be 0 to " + Integer.MAX_VALUE + ", was " + records);
    }
    PointsPane pane = new PointsPane(fields);
    double[] values = new double[fields];
    long timeMs = records == 0 ? 0 : in.readLong();
    for (long i = 0; i < records; i++) {
      long after = Varint.read(in);
      if (after < 0 || timeMs + after < timeMs) {
        throw new IOException("points pane: times must ascend, were " + after + " ms apart");
      }
      timeMs += after;
      for (int field = 0; field < fields; field++) {
        values[field] = in.readDouble();
      }
      pane.add(timeMs, values);
    }
    return pane;
  }
}
