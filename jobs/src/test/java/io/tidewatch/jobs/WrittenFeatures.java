package io.tidewatch.jobs;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidewatch.schemas.codec.FeatureVectorEncoder;
import io.tidewatch.schemas.derived.FeatureVector;
import io.tidewatch.schemas.derived.ScaledVector;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/** Windows in {@code device_features}, as the telemetry job writes them. */
public final class WrittenFeatures {
  private static final String INSERT =
      """
      INSERT INTO device_features (
        model, device_id, window_start, window_end, window_ms, records, features)
      VALUES (?, ?, to_timestamp(? / 1000.0), to_timestamp(? / 1000.0), ?, ?, ?::jsonb)
      """;

  private WrittenFeatures() {}

  /**
   * @param names of the features of each model, in the order of its vectors
   * @param windows of which none is there yet
   */
  public static void insert(
      Connection connection, Map<String, List<String>> names, List<FeatureVector> windows)
      throws SQLException, IOException {
    FeatureVectorEncoder encoder = new FeatureVectorEncoder(names);
    ObjectMapper json = new ObjectMapper();
    try (PreparedStatement row = connection.prepareStatement(INSERT)) {
      for (FeatureVector window : windows) {
        row.setString(1, window.model());
        row.setString(2, window.deviceId());
        row.setLong(3, window.windowStartMs());
        row.setLong(4, window.windowEndMs());
        row.setLong(5, window.windowEndMs() - window.windowStartMs());
        row.setLong(6, Math.max(1, window.records()));
        row.setString(
            7, json.readTree(encoder.encode(ScaledVector.raw(window))).get("features").toString());
        row.addBatch();
      }
      row.executeBatch();
    }
  }
}
