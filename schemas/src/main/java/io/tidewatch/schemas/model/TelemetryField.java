package io.tidewatch.schemas.model;

import java.io.Serializable;

/**
 * One measured quantity of a telemetry model.
 *
 * @param name lower case with underscores, unique within the model
 * @param unit UCUM-like unit text for people, for example {@code A}, {@code Cel}, {@code %}
 * @param min least valid value, inclusive; {@code -Infinity} when there is none
 * @param max greatest valid value, inclusive; {@code +Infinity} when there is none
 */
public record TelemetryField(String name, String unit, double min, double max)
    implements Serializable {

  public TelemetryField {
    if (!name.matches("[a-z][a-z0-9_]{0,62}")) {
      throw new IllegalArgumentException(
          "name: must be lower case letters, digits and _, at most 63, was '" + name + "'");
    }
    if (!(min <= max)) {
      throw new IllegalArgumentException(
          "valid_range: min must be ≤ max, was [" + min + ", " + max + "]");
    }
  }
}
