package io.tidewatch.analytics.alert;

import io.tidewatch.analytics.alert.expr.Selector;
import io.tidewatch.analytics.feature.DeviceKey;
import io.tidewatch.analytics.feature.FeatureNames;
import io.tidewatch.schemas.derived.FeatureVector;
import io.tidewatch.schemas.model.TelemetryModel;
import io.tidewatch.schemas.model.TelemetryModels;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Feature vectors as series, one a device, a sample at the end of each window. Metrics: the feature
 * names of the models ({@link FeatureNames}), and {@code records} of the window; a feature that the
 * device's model has not, is {@code NaN}. Labels: {@code model}, {@code device_id}.
 */
public final class FeatureSeries implements SeriesReader<DeviceKey, FeatureVector> {
  private static final long serialVersionUID = 1;

  /** The metric that each row has, whatever its model: for rules about silence. */
  public static final String RECORDS = "records";

  private static final String MODEL = "model";

  private final TelemetryModels models;
  private final HashMap<String, Map<String, Integer>> indexesByModel = new HashMap<>();

  public FeatureSeries(TelemetryModels models) {
    this.models = models;
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
    return Map.of(MODEL, key.model(), "device_id", key.deviceId());
  }

  @Override
  public double metric(FeatureVector vector, String name) {
    if (name.equals(RECORDS)) {
      return vector.records();
    }
    Integer index = indexesByModel.getOrDefault(vector.model(), Map.of()).get(name);
    return index == null || index >= vector.features().length
        ? Double.NaN
        : vector.features()[index];
  }

  /** Records of the window. */
  @Override
  public long samples(FeatureVector vector) {
    return vector.records();
  }

  @Override
  public boolean knows(String metric) {
    return metric.equals(RECORDS)
        || indexesByModel.values().stream().anyMatch(indexes -> indexes.containsKey(metric));
  }

  /** Names the model too: of the field, or the one that is selected by its label. */
  @Override
  public @Nullable String mistake(Selector selector) {
    String metric = selector.metric();
    List<String> selected =
        models.names().stream().filter(model -> selects(selector, model)).sorted().toList();
    boolean someHasIt =
        selected.stream()
            .anyMatch(
                model ->
                    metric.equals(RECORDS)
                        || indexesByModel.getOrDefault(model, Map.of()).containsKey(metric));
    if (someHasIt || (selected.isEmpty() && knows(metric))) {
      return null;
    }
    Optional<String> ofModel =
        selected.stream().filter(model -> knows(metric) || hasField(model, metric)).findFirst();
    return ofModel
        .map(
            model ->
                "must name a feature of model '%s', which computes %s, was '%s'"
                    .formatted(model, models.get(model).features(), metric))
        .orElseGet(() -> SeriesReader.super.mistake(selector));
  }

  /** Whether the matchers of the label {@code model} let it pass. */
  private static boolean selects(Selector selector, String model) {
    return selector.matchers().stream()
        .filter(matcher -> matcher.label().equals(MODEL))
        .allMatch(matcher -> matcher.matches(Map.of(MODEL, model)));
  }

  private boolean hasField(String model, String metric) {
    return models.get(model).fields().stream()
        .anyMatch(field -> metric.startsWith(field.name() + "_"));
  }
}
