package io.tidewatch.schemas.dataset;

import java.util.List;

/**
 * The windows of a range with their features, not scaled: what {@code tidewatch features extract}
 * answers.
 *
 * @param names of the features, at least one
 * @param rows the windows in their order, each with one value a name; {@code NaN} where it has none
 */
public record FeatureMatrix(
    FeatureMetadata metadata, List<String> names, List<LabelledVector> rows) {

  public FeatureMatrix {
    names = List.copyOf(names);
    rows = List.copyOf(rows);
    if (names.isEmpty()) {
      throw new IllegalArgumentException("feature_names: must name a feature, was empty");
    }
    if (rows.size() != metadata.windows()) {
      throw new IllegalArgumentException(
          "features: must be of %d windows, were of %d".formatted(metadata.windows(), rows.size()));
    }
    for (LabelledVector row : rows) {
      if (row.vector().features().length != names.size()) {
        throw new IllegalArgumentException(
            "features: must have a value each of %d names, had %d"
                .formatted(names.size(), row.vector().features().length));
      }
    }
  }
}
