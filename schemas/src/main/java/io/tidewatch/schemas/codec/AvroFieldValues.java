package io.tidewatch.schemas.codec;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tidewatch.schemas.codec.WriterType.Kind;
import io.tidewatch.schemas.model.TelemetryField;
import io.tidewatch.schemas.model.TelemetryModel;
import io.tidewatch.schemas.model.UnknownFields;
import io.tidewatch.schemas.reject.RejectReason;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A map of values by name as one array in the order of a model: {@code fields} of a telemetry
 * message, {@code features} of a vector.
 */
final class AvroFieldValues implements Serializable {
  private static final long serialVersionUID = 1;

  private static final int UNKNOWN = -1;

  private final String field;
  private final byte[][] names;
  private final @Nullable String mustBe;

  /**
   * @param mustBe what a name must be, where an unknown one is refused; null where it is skipped
   */
  private AvroFieldValues(String field, List<String> names, @Nullable String mustBe) {
    this.field = field;
    this.names = names.stream().map(name -> name.getBytes(UTF_8)).toArray(byte[][]::new);
    this.mustBe = mustBe;
  }

  /** Of a message. */
  static AvroFieldValues ofFields(TelemetryModel model) {
    return new AvroFieldValues(
        "fields",
        model.fields().stream().map(TelemetryField::name).toList(),
        model.unknownFields() == UnknownFields.REJECT ? "a field of model " + model.name() : null);
  }

  /** Of a vector. Nobody knows what is missing where one is unknown. */
  static AvroFieldValues ofFeatures(String model, List<String> names) {
    return new AvroFieldValues("features", names, "a feature of model " + model);
  }

  /** One value a field of the model, {@code NaN} for an absent or null one. */
  double[] read(AvroCursor in, WriterType declared) throws Refusal {
    WriterType type = AvroValues.map(in, declared, field).items();
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
          "name in %s: must be UTF-8, was 0x%02X at byte %d"
              .formatted(field, in.bytes()[invalid], invalid));
    }
    if (mustBe != null) {
      int shown = Math.min(length, DetailLine.MAX_CHARS);
      String name = new String(in.bytes(), from, shown, UTF_8);
      throw new Refusal(
          RejectReason.UNKNOWN_FIELD,
          "%s.%s: must be %s, was none".formatted(field, Refusal.shown(name), mustBe));
    }
    in.skip(type);
  }

  private String path(int index) {
    return field + "." + new String(names[index], UTF_8);
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
