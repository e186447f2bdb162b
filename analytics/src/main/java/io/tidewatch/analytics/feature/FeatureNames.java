package io.tidewatch.analytics.feature;

import io.tidewatch.schemas.model.TelemetryModel;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The names of a model's features: {@code <field>_<feature>} for all features of the first field,
 * then for those of the second, and so on, then the features of the row. The same order as in
 * {@code FeatureVector.features}, see {@link FeatureList}.
 */
public final class FeatureNames {

  private FeatureNames() {}

  /** All names in order; unmodifiable. */
  public static List<String> of(TelemetryModel model) {
    return FeatureList.of(model).names();
  }

  /** The place of each name in the feature vector; unmodifiable. */
  public static Map<String, Integer> indexes(TelemetryModel model) {
    List<String> names = of(model);
    Map<String, Integer> indexes = new HashMap<>();
    for (int i = 0; i < names.size(); i++) {
      indexes.put(names.get(i), i);
    }
    return Map.copyOf(indexes);
  }

  /** The place of a name in the feature vector; −1 when the model has no such feature. */
  public static int indexOf(TelemetryModel model, String feature) {
    return of(model).indexOf(feature);
  }
}
