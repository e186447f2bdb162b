package io.tidewatch.analytics.feature;

import io.tidewatch.analytics.window.PointSource;
import io.tidewatch.schemas.event.DeviceTelemetry;
import io.tidewatch.schemas.model.PointWindowSpec;
import io.tidewatch.schemas.model.TelemetryModels;
import java.util.Arrays;

/** The readings of a device as points; those of one millisecond in order of their values. */
public final class DevicePoints implements PointSource<DeviceKey, DeviceTelemetry> {
  private static final long serialVersionUID = 1;

  private final TelemetryModels models;

  public DevicePoints(TelemetryModels models) {
    this.models = models;
  }

  /**
   * @throws IllegalArgumentException when the model has windows by time
   */
  @Override
  public PointWindowSpec window(DeviceKey key) {
    if (models.get(key.model()).window() instanceof PointWindowSpec points) {
      return points;
    }
    throw new IllegalArgumentException(
        "model: must have windows by points, was '" + key.model() + "'");
  }

  /** Field by field, missing values last: nothing else of a reading is in a feature. */
  @Override
  public int compare(DeviceTelemetry a, DeviceTelemetry b) {
    return Arrays.compare(a.values(), b.values());
  }
}
