package io.tidewatch.schemas.derived;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The features of one device over one window.
 *
 * @param model name of the telemetry model
 * @param deviceId the device
 * @param windowStartMs start of the window, inclusive, milliseconds since the epoch
 * @param windowEndMs end of the window, exclusive, milliseconds since the epoch
 * @param records how many records of the device lie in the window, at least 1
 * @param features one value a name of the model's feature list, in its order and units; {@code NaN}
 *     where a feature is not defined (no value, or one value for a standard deviation)
 */
public record FeatureVector(
    String model,
    String deviceId,
    long windowStartMs,
    long windowEndMs,
    long records,
    double[] features) {

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof FeatureVector that
        && model.equals(that.model)
        && deviceId.equals(that.deviceId)
        && windowStartMs == that.windowStartMs
        && windowEndMs == that.windowEndMs
        && records == that.records
        && Arrays.equals(features, that.features);
  }

  @Override
  public int hashCode() {
    return Objects.hash(
        model, deviceId, windowStartMs, windowEndMs, records, Arrays.hashCode(features));
  }

  @Override
  public String toString() {
    return "FeatureVector[%s %s [%d, %d) n=%d %s]"
        .formatted(model, deviceId, windowStartMs, windowEndMs, records, Arrays.toString(features));
  }
}
