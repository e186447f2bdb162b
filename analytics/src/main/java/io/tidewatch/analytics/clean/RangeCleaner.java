package io.tidewatch.analytics.clean;

import io.tidewatch.schemas.event.DeviceTelemetry;
import io.tidewatch.schemas.model.OutOfRange;
import io.tidewatch.schemas.model.TelemetryField;
import io.tidewatch.schemas.model.TelemetryModel;
import io.tidewatch.schemas.model.TelemetryModels;
import java.io.Serializable;
import java.util.List;

/**
 * Brings the values of a record into the valid ranges of its model: one outside {@code [min, max]}
 * becomes {@code NaN} (missing) or the nearer bound, as the model's {@link OutOfRange} says. The
 * bounds themselves are valid. {@code NaN} stays and is not counted. An infinite value is outside
 * every finite bound.
 *
 * <p>Idempotent. The record that is handed in is never changed, since others may hold it too.
 */
public final class RangeCleaner implements Serializable {
  private static final long serialVersionUID = 1;

  private final TelemetryModels models;

  public RangeCleaner(TelemetryModels models) {
    this.models = models;
  }

  /**
   * @param record with all values in range; the very record that was handed in when nothing changed
   * @param changed how many values were outside their range
   */
  public record Cleaned(DeviceTelemetry record, int changed) {}

  /**
   * @throws IllegalArgumentException when the record's model is unknown or has another number of
   *     fields
   */
  public Cleaned clean(DeviceTelemetry record) {
    TelemetryModel model = models.get(record.model());
    double[] values = record.values();
    List<TelemetryField> fields = model.fields();
    if (values.length != fields.size()) {
      throw new IllegalArgumentException(
          "values: must be %d as in model %s, was %d"
              .formatted(fields.size(), model.name(), values.length));
    }
    int changed = 0;
    double[] cleaned = values;
    for (int i = 0; i < values.length; i++) {
      TelemetryField field = fields.get(i);
      if (values[i] < field.min() || values[i] > field.max()) {
        if (changed++ == 0) {
          cleaned = values.clone();
        }
        cleaned[i] = replacement(values[i], field, model.outOfRange());
      }
    }
    return new Cleaned(changed == 0 ? record : withValues(record, cleaned), changed);
  }

  private static double replacement(double value, TelemetryField field, OutOfRange policy) {
    return switch (policy) {
      case MISSING -> Double.NaN;
      case CLIP -> value < field.min() ? field.min() : field.max();
    };
  }

  private static DeviceTelemetry withValues(DeviceTelemetry record, double[] values) {
    return new DeviceTelemetry(
        record.model(),
        record.deviceId(),
        record.eventTimeMs(),
        values,
        record.tags(),
        record.label());
  }
}
