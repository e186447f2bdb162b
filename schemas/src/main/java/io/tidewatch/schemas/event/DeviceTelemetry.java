package io.tidewatch.schemas.event;

import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One reading of one device: all fields of its model at one moment.
 *
 * @param model name of the {@linkplain io.tidewatch.schemas.model.TelemetryModel telemetry model}
 * @param deviceId the device, unique within its model
 * @param eventTimeMs when it was measured, milliseconds since 1970-01-01T00:00Z
 * @param values one value a field, in the order and units of the model; {@code NaN} is missing
 * @param tags free text about the device, never null, may be empty
 * @param label ground truth for training, for example {@code 1} for an anomaly; null when unknown
 */
public record DeviceTelemetry(
    String model,
    String deviceId,
    long eventTimeMs,
    double[] values,
    Map<String, String> tags,
    @Nullable String label) {

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof DeviceTelemetry that
        && model.equals(that.model)
        && deviceId.equals(that.deviceId)
        && eventTimeMs == that.eventTimeMs
        && Arrays.equals(values, that.values)
        && tags.equals(that.tags)
        && Objects.equals(label, that.label);
  }

  @Override
  public int hashCode() {
    return Objects.hash(model, deviceId, eventTimeMs, Arrays.hashCode(values), tags, label);
  }

  @Override
  public String toString() {
    return "DeviceTelemetry[%s %s @%d %s %s %s]"
        .formatted(model, deviceId, eventTimeMs, Arrays.toString(values), tags, label);
  }
}
