package io.tidewatch.analytics.feature;

import io.tidewatch.analytics.feature.registry.Column;
import io.tidewatch.analytics.feature.registry.Feature;
import io.tidewatch.analytics.feature.registry.FeatureRegistry;
import io.tidewatch.analytics.feature.registry.PointColumn;
import io.tidewatch.analytics.feature.registry.PointFeature;
import io.tidewatch.analytics.feature.registry.RowFeature;
import io.tidewatch.analytics.feature.registry.SummaryFeature;
import io.tidewatch.schemas.derived.FeatureVector;
import io.tidewatch.schemas.model.Cleaning;
import io.tidewatch.schemas.model.OutlierAction;
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

  /** Places in {@link FeatureRegistry#ALWAYS}. */
  private static final int IMPUTED = 1;

  private static final int OUTLIERS = 2;

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

  /** How many values cleaning put in place in the window of a row. */
  long imputed(FeatureVector row) {
    long imputed = 0;
    for (int field = 0; needsPoints && field < model.fields().size(); field++) {
      imputed += count(row, field, IMPUTED);
    }
    return imputed;
  }

  /**
   * How many values were outliers in the window of a row, of the fields where that becomes of them.
   */
  long outliers(FeatureVector row, OutlierAction action) {
    long outliers = 0;
    for (int field = 0; needsPoints && field < model.fields().size(); field++) {
      if (model.cleaning().get(field).outliers().action() == action) {
        outliers += count(row, field, OUTLIERS);
      }
    }
    return outliers;
  }

  /** Of a share of the records, how many these are; whole again because the row has few enough. */
  private long count(FeatureVector row, int field, int always) {
    int at = (field + 1) * ofField.length - FeatureRegistry.ALWAYS.size() + always;
    return Math.round(row.features()[at] * row.records());
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
