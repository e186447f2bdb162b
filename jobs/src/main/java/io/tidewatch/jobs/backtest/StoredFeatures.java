package io.tidewatch.jobs.backtest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidewatch.analytics.feature.FeatureNames;
import io.tidewatch.schemas.derived.FeatureVector;
import io.tidewatch.schemas.model.TelemetryModel;
import io.tidewatch.schemas.model.TelemetryModels;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;

/** Rows of {@code device_features} as the vectors they were made of. */
final class StoredFeatures implements StoredRows.Row<FeatureVector> {
  private static final long serialVersionUID = 1;
  private static final ObjectMapper JSON = new ObjectMapper();

  static final String QUERY =
      """
      SELECT model, device_id, window_start, window_end, records, features::text
      FROM device_features
      WHERE window_end >= ? AND window_end < ?
      ORDER BY window_end, model, device_id
      """;

  private final HashMap<String, ArrayList<String>> names = new HashMap<>();

  StoredFeatures(TelemetryModels models) {
    for (TelemetryModel model : models.all()) {
      names.put(model.name(), new ArrayList<>(FeatureNames.of(model)));
    }
  }

  /** What the row has not, and what its model has no more, is no value. */
  @Override
  public FeatureVector read(ResultSet row) throws SQLException {
    String model = row.getString("model");
    List<String> ofModel = names.getOrDefault(model, new ArrayList<>());
    double[] values = new double[ofModel.size()];
    Arrays.fill(values, Double.NaN);
    try {
      JsonNode features = JSON.readTree(row.getString("features"));
      for (int i = 0; i < values.length; i++) {
        values[i] = features.path(ofModel.get(i)).asDouble(Double.NaN);
      }
    } catch (JsonProcessingException e) {
      throw new SQLException("device_features.features: must be JSON", e);
    }
    return new FeatureVector(
        model,
        row.getString("device_id"),
        StoredRows.timeMs(row, "window_start"),
        StoredRows.timeMs(row, "window_end"),
        row.getLong("records"),
        values);
  }
}
