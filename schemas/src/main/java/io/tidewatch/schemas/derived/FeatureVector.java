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
 * @param revision how many of the records came after the window was told first; the vector with the
 *     highest is the one that counts
 */
public record FeatureVector(
    String model,
    String deviceId,
    long windowStartMs,
    long windowEndMs,
    long records,
    double[] features,
    int revision) {

  /** What is told first of a window. */
  public FeatureVector(
      String model,
      String deviceId,
      long windowStartMs,
      long windowEndMs,
      long records,
      double[] features) {
    this(model, deviceId, windowStartMs, windowEndMs, records, features, 0);
  }

  /** The same as a correction. */
  public FeatureVector revised(int newRevision) {
    return new FeatureVector(
        model, deviceId, windowStartMs, windowEndMs, records, features, newRevision);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof FeatureVector that
        && model.equals(that.model)
        && deviceId.equals(that.deviceId)
        && windowStartMs == that.windowStartMs
        && windowEndMs == that.windowEndMs
        && records == that.records
        && revision == that.revision
        && Arrays.equals(features, that.features);
  }

  @Override
  public int hashCode() {
    return Objects.hash(
        model, deviceId, windowStartMs, windowEndMs, records, Arrays.hashCode(features), revision);
  }

  @Override
  public String toString() {
    return "FeatureVector[%s %s [%d, %d) n=%d r=%d %s]"
        .formatted(
            model,
            deviceId,
            windowStartMs,
            windowEndMs,
            records,
            revision,
            Arrays.toString(features));
  }
}
