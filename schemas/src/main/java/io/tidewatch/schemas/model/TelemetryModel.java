package io.tidewatch.schemas.model;

import java.io.Serializable;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Collections;
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
 * @param cleaning how the values of a window are cleaned, one a field in their order
 * @param features names of the features computed of each field and row, at least one; their order
 *     is that of a feature vector, so append only
 * @param timeZone of the features that tell a time of day or a day
 */
public record TelemetryModel(
    String name,
    String description,
    List<TelemetryField> fields,
    UnknownFields unknownFields,
    OutOfRange outOfRange,
    ModelWindow window,
    List<Cleaning> cleaning,
    List<String> features,
    ZoneId timeZone)
    implements Serializable {

  /** The features of a model that does not choose: all of them are functions of sums. */
  public static final List<String> DEFAULT_FEATURES = List.of("mean", "std", "min", "max", "count");

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
    if (cleaning.size() != fields.size()) {
      throw new IllegalArgumentException(
          "cleaning: must be one a field (%d), was %d".formatted(fields.size(), cleaning.size()));
    }
    cleaning = List.copyOf(cleaning);
    if (features.isEmpty()) {
      throw new IllegalArgumentException("features: must name at least one feature, was empty");
    }
    Set<String> seenFeatures = new HashSet<>();
    for (String feature : features) {
      if (!seenFeatures.add(feature)) {
        throw new IllegalArgumentException("features: must be unique, was twice " + feature);
      }
    }
    features = List.copyOf(features);
  }

  /** Without cleaning of windows, and with the default features. */
  public TelemetryModel(
      String name,
      String description,
      List<TelemetryField> fields,
      UnknownFields unknownFields,
      OutOfRange outOfRange,
      ModelWindow window) {
    this(
        name,
        description,
        fields,
        unknownFields,
        outOfRange,
        window,
        Collections.nCopies(fields.size(), Cleaning.NONE),
        DEFAULT_FEATURES,
        ZoneOffset.UTC);
  }
}
