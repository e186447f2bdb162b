package io.tidewatch.schemas.dataset;

import io.tidewatch.schemas.model.TelemetryModel;
import io.tidewatch.schemas.scale.Scaler;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * All that a data set says of itself, {@code _stats.json}. Its numbers are held against each other:
 * the statistics of each feature and the classes of each part are of as many rows as the part has.
 *
 * @param origin what it was made of, when and by which code
 * @param model as it was used: fields, cleaning, window, features, time zone
 * @param label null when rows have none
 * @param classes rows by label, of both parts
 * @param scaler fitted on train; null when the data set has no scaled values
 * @param features in the order of the columns, at least one
 * @param correlation of the features in their order, over the rows of both parts
 */
public record DatasetStatistics(
    DatasetOrigin origin,
    TelemetryModel model,
    @Nullable DatasetLabel label,
    SplitSettings split,
    DatasetRows rows,
    Map<Part, ClassCounts> classes,
    @Nullable Scaler scaler,
    List<FeatureColumn> features,
    Correlation correlation) {

  public DatasetStatistics {
    if (features.isEmpty()) {
      throw new IllegalArgumentException("features: must name at least one feature, was empty");
    }
    features = List.copyOf(features);
    for (FeatureColumn feature : features) {
      requireRows(feature.name(), feature.all().rows(), rows.train() + rows.validation());
    }
    for (Part part : Part.values()) {
      for (FeatureColumn feature : features) {
        requireRows(
            feature.name() + " of " + part.directory(), feature.of(part).rows(), rows.of(part));
      }
      ClassCounts ofPart = classes.get(part);
      requireRows(
          "classes of " + part.directory(), ofPart == null ? 0 : ofPart.rows(), rows.of(part));
    }
    classes = Map.copyOf(classes);
    if (correlation.size() != features.size()) {
      throw new IllegalArgumentException(
          "correlation: must be of %d features, was of %d"
              .formatted(features.size(), correlation.size()));
    }
    if (scaler != null && !scaler.model().equals(model.name())) {
      throw new IllegalArgumentException(
          "scaler.model: must be %s, was %s".formatted(model.name(), scaler.model()));
    }
  }

  /** The classes of one part. */
  public ClassCounts classes(Part part) {
    return classes.getOrDefault(part, new ClassCounts(new TreeMap<>(), 0));
  }

  private static void requireRows(String of, long rows, long expected) {
    if (rows != expected) {
      throw new IllegalArgumentException(
          "%s: must be of %d rows, was of %d".formatted(of, expected, rows));
    }
  }
}
