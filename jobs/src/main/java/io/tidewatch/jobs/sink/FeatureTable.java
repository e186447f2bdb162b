package io.tidewatch.jobs.sink;

import io.tidewatch.analytics.feature.FeatureNames;
import io.tidewatch.jobs.columns.Column;
import io.tidewatch.jobs.columns.RowTable;
import io.tidewatch.schemas.derived.FeatureVector;
import io.tidewatch.schemas.model.TelemetryModel;
import io.tidewatch.schemas.model.TelemetryModels;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Feature vectors with a column a feature: the columns of {@code device_features}, but the features
 * of a model in place of its one column of JSON.
 */
public final class FeatureTable implements RowTable<FeatureVector> {
  private static final long serialVersionUID = 1;

  private final ColumnsByModel<FeatureVector> columns;

  public FeatureTable(TelemetryModels models) {
    columns = new ColumnsByModel<>(models, FeatureTable::columnsOf);
  }

  private static List<Column<FeatureVector>> columnsOf(TelemetryModel model) {
    List<String> features = FeatureNames.of(model);
    List<Column<FeatureVector>> columns = new ArrayList<>();
    columns.add(Column.text("device_id", FeatureVector::deviceId));
    columns.add(Column.time("window_start", FeatureVector::windowStartMs));
    columns.add(Column.time("window_end", FeatureVector::windowEndMs));
    columns.add(Column.whole("window_ms", row -> row.windowEndMs() - row.windowStartMs()));
    columns.add(Column.whole("records", FeatureVector::records));
    for (int i = 0; i < features.size(); i++) {
      int place = i;
      columns.add(Column.number(features.get(i), row -> row.features()[place]));
    }
    columns.add(Column.small("revision", FeatureVector::revision));
    return columns;
  }

  @Override
  public String name() {
    return "device_features";
  }

  @Override
  public String model(FeatureVector row) {
    return row.model();
  }

  @Override
  public List<Column<FeatureVector>> columns(@Nullable String model) {
    return columns.of(model);
  }

  @Override
  public long eventTimeMs(FeatureVector row) {
    return row.windowEndMs();
  }
}
