package io.tidewatch.analytics.alert;

import io.tidewatch.analytics.feature.DeviceKey;
import io.tidewatch.analytics.feature.FeatureNames;
import io.tidewatch.schemas.derived.FeatureVector;
import io.tidewatch.schemas.model.TelemetryModel;
import io.tidewatch.schemas.model.TelemetryModels;
import java.util.HashMap;
import java.util.Map;

/**
 * Feature vectors as series, one a device, a sample at the end of each window. Metrics: the feature
 * names of the models ({@link FeatureNames}); a feature that the device's model has not, is {@code
 * NaN}. Labels: {@code model}, {@code device_id}.
 */
public final class FeatureSeries implements SeriesReader<DeviceKey, FeatureVector> {
  private static final long serialVersionUID = 1;

  private final HashMap<String, Map<String, Integer>> indexesByModel = new HashMap<>();

  public FeatureSeries(TelemetryModels models) {
    for (TelemetryModel model : models.all()) {
      indexesByModel.put(model.name(), FeatureNames.indexes(model));
    }
  }

  @Override
  public long timeMs(FeatureVector vector) {
    return vector.windowEndMs();
  }

  @Override
  public boolean isCorrection(FeatureVector vector) {
    return vector.revision() > 0;
  }

  @Override
  public Map<String, String> labels(DeviceKey key) {
    return Map.of("model", key.model(), "device_id", key.deviceId());
  }

  @Override
  public double metric(FeatureVector vector, String name) {
    Integer index = indexesByModel.getOrDefault(vector.model(), Map.of()).get(name);
    return index == null || index >= vector.features().length
        ? Double.NaN
        : vector.features()[index];
  }

  @Override
  public boolean knows(String metric) {
    return indexesByModel.values().stream().anyMatch(indexes -> indexes.containsKey(metric));
  }
}
