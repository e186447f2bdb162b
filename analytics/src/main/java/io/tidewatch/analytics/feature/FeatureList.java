package io.tidewatch.analytics.feature;

import io.tidewatch.analytics.feature.registry.Column;
import io.tidewatch.analytics.feature.registry.Feature;
import io.tidewatch.analytics.feature.registry.FeatureRegistry;
import io.tidewatch.analytics.feature.registry.PointColumn;
import io.tidewatch.analytics.feature.registry.PointFeature;
import io.tidewatch.analytics.feature.registry.RowFeature;
import io.tidewatch.analytics.feature.registry.SummaryFeature;
import io.tidewatch.schemas.model.Cleaning;
import io.tidewatch.schemas.model.TelemetryField;
import io.tidewatch.schemas.model.TelemetryModel;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/**
 * The features of a model, in the order of its vectors: for each field the chosen features in the
 * order of the model and {@link FeatureRegistry#ALWAYS}, then the chosen ones of the row.
 */
public final class FeatureList implements Serializable {
  private static final long serialVersionUID = 1;

  private final TelemetryModel model;
  private final Feature[] ofField;
  private final RowFeature[] ofRow;
  private final boolean needsPoints;

  private FeatureList(TelemetryModel model, List<Feature> ofField, List<RowFeature> ofRow) {
    this.model = model;
    this.ofField = ofField.toArray(new Feature[0]);
    this.ofRow = ofRow.toArray(new RowFeature[0]);
    this.needsPoints =
        model.cleaning().stream().anyMatch(Cleaning::needsPoints)
            || ofField.stream().anyMatch(PointFeature.class::isInstance);
  }

  /**
   * @throws IllegalArgumentException when the model names a feature that there is not
   */
  public static FeatureList of(TelemetryModel model) {
    List<Feature> ofField = new ArrayList<>();
    List<RowFeature> ofRow = new ArrayList<>();
    for (String name : model.features()) {
      Feature feature = FeatureRegistry.get(name);
      if (feature instanceof RowFeature row) {
        ofRow.add(row);
      } else {
        ofField.add(feature);
      }
    }
    ofField.addAll(FeatureRegistry.ALWAYS);
    return new FeatureList(model, ofField, ofRow);
  }

  /** Whether a feature or the cleaning has to see all points of a window. */
  public boolean needsPoints() {
    return needsPoints;
  }

  /** All names in order; unmodifiable. */
  public List<String> names() {
    List<String> names = new ArrayList<>();
    for (TelemetryField field : model.fields()) {
      for (Feature feature : ofField) {
        names.add(field.name() + "_" + feature.name());
      }
    }
    for (RowFeature feature : ofRow) {
      names.add(feature.name());
    }
    return List.copyOf(names);
  }

  /**
   * All values in order, of a window of sums; {@code NaN} where a feature needs points.
   *
   * @param endMs end of the window, exclusive, milliseconds since the epoch
   */
  double[] values(FeaturePane window, long endMs) {
    return values(field -> new SummaryColumn(window, field), endMs);
  }

  /**
   * All values in order, of a window of points.
   *
   * @param window its records, in order
   * @param scratch filled with the values of each field in turn
   * @param endMs end of the window, exclusive, milliseconds since the epoch
   */
  double[] values(PointsPane window, PointColumn scratch, long endMs) {
    return values(
        field -> {
          scratch.fill(
              model.cleaning().get(field),
              window.timesMs(),
              window.values(),
              window.fields(),
              field,
              (int) window.records());
          return scratch;
        },
        endMs);
  }

  private double[] values(IntFunction<Column> columns, long endMs) {
    int fields = model.fields().size();
    double[] values = new double[fields * ofField.length + ofRow.length];
    int next = 0;
    for (int field = 0; field < fields; field++) {
      Column column = columns.apply(field);
      for (Feature feature : ofField) {
        values[next++] = finite(value(feature, column));
      }
    }
    for (RowFeature feature : ofRow) {
      values[next++] = feature.of(endMs, model.timeZone());
    }
    return values;
  }

  private static double value(Feature feature, Column column) {
    if (feature instanceof SummaryFeature summary) {
      return summary.of(column);
    }
    return feature instanceof PointFeature point && column instanceof PointColumn points
        ? point.of(points)
        : Double.NaN;
  }

  private static double finite(double value) {
    return Double.isFinite(value) ? value : Double.NaN;
  }
}
