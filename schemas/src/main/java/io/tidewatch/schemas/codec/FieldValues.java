package io.tidewatch.schemas.codec;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.tidewatch.schemas.model.TelemetryField;
import io.tidewatch.schemas.model.TelemetryModel;
import io.tidewatch.schemas.model.UnknownFields;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/** The object {@code fields} of a telemetry message as one array in the order of the model. */
final class FieldValues {
  private static final int UNKNOWN = -1;

  private FieldValues() {}

  /** One value a field of the model, {@code NaN} for an absent or null one. */
  static double[] read(JsonParser parser, TelemetryModel model) throws IOException, Refusal {
    JsonValues.require(parser, JsonToken.START_OBJECT, "an object");
    List<TelemetryField> fields = model.fields();
    double[] values = new double[fields.size()];
    Arrays.fill(values, Double.NaN);
    boolean[] seen = new boolean[values.length];
    int next = 0;
    for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
      int index = indexOf(fields, name, next);
      if (index == UNKNOWN && model.unknownFields() == UnknownFields.REJECT) {
        throw Refusal.unknownField(JsonValues.field(parser), model);
      }
      JsonToken value = parser.nextToken();
      if (index == UNKNOWN) {
        parser.skipChildren();
        continue;
      }
      if (seen[index]) {
        throw JsonValues.duplicate(parser);
      }
      seen[index] = true;
      next = index + 1;
      if (value != JsonToken.VALUE_NULL) {
        values[index] = JsonValues.number(parser, Double.NEGATIVE_INFINITY);
      }
    }
    return values;
  }

  /**
   * @param start where the search begins: devices send the fields in one order, so that the first
   *     comparison mostly finds it
   */
  private static int indexOf(List<TelemetryField> fields, String name, int start) {
    int count = fields.size();
    for (int i = 0; i < count; i++) {
      int index = start + i < count ? start + i : start + i - count;
      if (fields.get(index).name().equals(name)) {
        return index;
      }
    }
    return UNKNOWN;
  }
}
