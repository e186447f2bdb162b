package io.tidewatch.schemas.codec;

import io.tidewatch.schemas.derived.FeatureVector;
import io.tidewatch.schemas.derived.ScaledVector;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The names of the values of feature vectors, which have none themselves. */
final class VectorNames implements Serializable {
  private static final long serialVersionUID = 1;

  private final HashMap<String, ArrayList<String>> byModel = new HashMap<>();

  /**
   * @param features names of the features of each model in the order of its vectors, by its name
   */
  VectorNames(Map<String, List<String>> features) {
    features.forEach((model, names) -> byModel.put(model, new ArrayList<>(names)));
  }

  /**
   * One a value of the vector, raw and scaled.
   *
   * @throws IllegalArgumentException when the model is unknown or has another number of features
   */
  List<String> of(ScaledVector scaled) {
    FeatureVector vector = scaled.vector();
    List<String> names = byModel.get(vector.model());
    if (names == null) {
      throw new IllegalArgumentException(
          "model: must be one of %s, was %s".formatted(byModel.keySet(), vector.model()));
    }
    requireOneEach(names, vector.features());
    double[] values = scaled.scaled();
    if (values != null) {
      requireOneEach(names, values);
    }
    return names;
  }

  private static void requireOneEach(List<String> names, double[] values) {
    if (values.length != names.size()) {
      throw new IllegalArgumentException(
          "features: must be one a name (%d), were %d".formatted(names.size(), values.length));
    }
  }
}
