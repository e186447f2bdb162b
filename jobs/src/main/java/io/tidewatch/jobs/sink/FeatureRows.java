package io.tidewatch.jobs.sink;

import io.tidewatch.analytics.feature.FeatureNames;
import io.tidewatch.jobs.sink.jdbc.RowIdentity;
import io.tidewatch.schemas.derived.FeatureVector;
import io.tidewatch.schemas.model.TelemetryModel;
import io.tidewatch.schemas.model.TelemetryModels;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.connector.jdbc.JdbcStatementBuilder;

/** Feature vectors as rows of {@code device_features}, their values as one JSON object. */
public final class FeatureRows implements JdbcStatementBuilder<FeatureVector> {
  private static final long serialVersionUID = 1;
  static final String UPSERT =
      """
      INSERT INTO device_features (
        model, device_id, window_start, window_end, window_ms, records, features,
        revision)
      VALUES (?, ?, ?, ?, ?, ?, ?::jsonb, ?)
      ON CONFLICT (model, device_id, window_ms, window_end) DO UPDATE SET
        records = EXCLUDED.records, features = EXCLUDED.features,
        revision = EXCLUDED.revision, written_at = now()
      WHERE device_features.revision <= EXCLUDED.revision
        OR device_features.records < EXCLUDED.records
      """;

  private final Map<String, List<String>> featureNames = new HashMap<>();

  FeatureRows(TelemetryModels models) {
    for (TelemetryModel model : models.all()) {
      featureNames.put(model.name(), FeatureNames.of(model));
    }
  }

  public static Sink<FeatureVector> sink(RowTarget target, TelemetryModels models) {
    return Upsert.sink(target, UPSERT, new FeatureRows(models), new Identity());
  }

  @Override
  public void accept(PreparedStatement row, FeatureVector vector) throws SQLException {
    int i = 1;
    row.setString(i++, vector.model());
    row.setString(i++, vector.deviceId());
    row.setObject(i++, Upsert.timestamp(vector.windowStartMs()));
    row.setObject(i++, Upsert.timestamp(vector.windowEndMs()));
    row.setLong(i++, vector.windowEndMs() - vector.windowStartMs());
    row.setLong(i++, vector.records());
    row.setString(i++, json(featureNames.getOrDefault(vector.model(), List.of()), vector));
    row.setInt(i, vector.revision());
  }

  private record Key(String model, String deviceId, long windowMs, long windowEndMs) {}

  /** As {@link #UPSERT} has it. */
  static final class Identity implements RowIdentity<FeatureVector> {
    private static final long serialVersionUID = 1;

    @Override
    public Object key(FeatureVector row) {
      return new Key(
          row.model(), row.deviceId(), row.windowEndMs() - row.windowStartMs(), row.windowEndMs());
    }

    @Override
    public boolean replaces(FeatureVector later, FeatureVector held) {
      return later.revision() >= held.revision() || later.records() > held.records();
    }

    @Override
    public long eventTimeMs(FeatureVector row) {
      return row.windowEndMs();
    }
  }

  private static String json(List<String> names, FeatureVector vector) {
    return JsonColumn.of(
        json -> {
          json.writeStartObject();
          for (int i = 0; i < names.size(); i++) {
            json.writeFieldName(names.get(i));
            double value = vector.features()[i];
            if (Double.isFinite(value)) {
              json.writeNumber(value);
            } else {
              json.writeNull();
            }
          }
          json.writeEndObject();
        });
  }
}
