package io.tidewatch.schemas.codec;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tidewatch.schemas.codec.WriterType.Kind;
import io.tidewatch.schemas.model.TelemetryModel;
import io.tidewatch.schemas.model.UnknownFields;
import io.tidewatch.schemas.reject.RejectReason;
import java.io.Serializable;
import java.util.Arrays;

/** The map {@code fields} of a telemetry message as one array in the order of the model. */
final class AvroFieldValues implements Serializable {
  private static final long serialVersionUID = 1;

  private static final int UNKNOWN = -1;

  private final TelemetryModel model;
  private final byte[][] names;

  AvroFieldValues(TelemetryModel model) {
    this.model = model;
    this.names =
        model.fields().stream().map(field -> field.name().getBytes(UTF_8)).toArray(byte[][]::new);
  }

  /** One value a field of the model, {@code NaN} for an absent or null one. */
  double[] read(AvroCursor in, WriterType declared) throws Refusal {
    WriterType type = AvroValues.map(in, declared, "fields").items();
    double[] values = new double[names.length];
    Arrays.fill(values, Double.NaN);
    boolean[] seen = new boolean[names.length];
    int next = 0;
    for (long entries = in.readEntries(); entries != 0; entries = in.readEntries()) {
      for (long i = 0; i < entries; i++) {
        int length = in.readLength();
        int from = in.take(length);
        int index = indexOf(in.bytes(), from, length, next);
        if (index == UNKNOWN) {
          skipUnknown(in, from, length, type);
          continue;
        }
        if (seen[index]) {
          throw Refusal.duplicate(path(index));
        }
        seen[index] = true;
        next = index + 1;
        WriterType branch = in.readBranch(type);
        if (branch.kind() != Kind.NULL) {
          values[index] =
              AvroValues.number(in, branch, Double.NEGATIVE_INFINITY, () -> path(index));
        }
      }
    }
    return values;
  }

  private void skipUnknown(AvroCursor in, int from, int length, WriterType type) throws Refusal {
    int invalid = Utf8.firstInvalid(in.bytes(), from, from + length);
    if (invalid >= 0) {
      throw new Refusal(
          RejectReason.MALFORMED_AVRO,
          "name in fields: must be UTF-8, was 0x%02X at byte %d"
              .formatted(in.bytes()[invalid], invalid));
    }
    if (model.unknownFields() == UnknownFields.REJECT) {
      int shown = Math.min(length, DetailLine.MAX_CHARS);
      String name = new String(in.bytes(), from, shown, UTF_8);
      throw Refusal.unknownField("fields." + Refusal.shown(name), model);
    }
    in.skip(type);
  }

  private String path(int index) {
    return "fields." + model.fields().get(index).name();
  }

  /**
   * @param start where the search begins: devices send the fields in one order, so that the first
   *     comparison mostly finds it
   */
  private int indexOf(byte[] bytes, int from, int length, int start) {
    int count = names.length;
    for (int i = 0; i < count; i++) {
      int index = start + i < count ? start + i : start + i - count;
      byte[] name = names[index];
      if (Arrays.equals(name, 0, name.length, bytes, from, from + length)) {
        return index;
      }
    }
    return UNKNOWN;
  }
}
