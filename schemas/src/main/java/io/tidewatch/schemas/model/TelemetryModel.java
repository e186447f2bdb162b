package io.tidewatch.schemas.model;

import java.io.Serializable;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A kind of device: its fields in the order in which a record carries their values.
 *
 * @param name lower case with underscores, unique in the deployment
 * @param description one line for people
 * @param fields at least one; their order is the order of {@code DeviceTelemetry.values}
 * @param unknownFields what becomes of a record with a field that is not in {@code fields}
 * @param outOfRange what becomes of a value outside the valid range of its field
 * @param window over which its features are computed
 */
public record TelemetryModel(
    String name,
    String description,
    List<TelemetryField> fields,
    UnknownFields unknownFields,
    OutOfRange outOfRange,
    ModelWindow window)
    implements Serializable {

  public TelemetryModel {
    if (!name.matches("[a-z][a-z0-9_]{0,62}")) {
      throw new IllegalArgumentException(
          "name: must be lower case letters, digits and _, at most 63, was '" + name + "'");
    }
    if (fields.isEmpty()) {
      throw new IllegalArgumentException("fields: must name at least one field, was empty");
    }
    Set<String> seen = new HashSet<>();
    for (TelemetryField field : fields) {
      if (!seen.add(field.name())) {
        throw new IllegalArgumentException("fields: must be unique, was twice " + field.name());
      }
    }
    fields = List.copyOf(fields);
  }
}
