package io.tidewatch.jobs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidewatch.schemas.derived.LatencyWindow;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What a job has written, read back. */
public final class StoredWindows {
  private static final ObjectMapper JSON = new ObjectMapper();

  private StoredWindows() {}

  /** Key of a row: series and window. */
  public record Key(String series, long startMs, long endMs) {}

  public record Features(long records, Map<String, Double> values) {}

  /** All rows of {@code device_features}; a feature that is null is {@code NaN}. */
  static Map<Key, Features> features(JobUnderTest job) throws SQLException {
    try (Connection connection = job.database()) {
      return features(connection);
    }
  }

  /** All rows of {@code device_features}. */
  public static Map<Key, Features> features(Connection connection) throws SQLException {
    Map<Key, Features> stored = new HashMap<>();
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT * FROM device_features")) {
      while (row.next()) {
        Map<String, Double> values = new HashMap<>();
        for (Map.Entry<String, JsonNode> feature :
            JSON.readTree(row.getString("features")).properties()) {
          JsonNode value = feature.getValue();
          values.put(feature.getKey(), value.isNull() ? Double.NaN : value.doubleValue());
        }
        stored.put(
            key(row, row.getString("model") + "/" + row.getString("device_id")),
            new Features(row.getLong("records"), values));
      }
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
    return stored;
  }

  /** All rows of {@code api_latency_windows}. */
  static Map<Key, LatencyWindow> latency(JobUnderTest job) throws SQLException {
    try (Connection connection = job.database()) {
      return latency(connection);
    }
  }

  /** All rows of {@code api_latency_windows}. */
  public static Map<Key, LatencyWindow> latency(Connection connection) throws SQLException {
    Map<Key, LatencyWindow> stored = new HashMap<>();
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT * FROM api_latency_windows")) {
      while (row.next()) {
        String service = row.getString("service");
        String endpoint = row.getString("endpoint");
        String method = row.getString("method");
        byte[] sketch = row.getBytes("sketch");
        Key key = key(row, service + " " + method + " " + endpoint);
        stored.put(
            key,
            new LatencyWindow(
                service,
                endpoint,
                method,
                key.startMs(),
                key.endMs(),
                row.getLong("count"),
                row.getDouble("rate_per_second"),
                row.getLong("error_count"),
                row.getDouble("error_rate"),
                row.getDouble("mean_ms"),
                row.getDouble("p50_ms"),
                row.getDouble("p90_ms"),
                row.getDouble("p95_ms"),
                row.getDouble("p99_ms"),
                row.getDouble("max_ms"),
                row.getInt("revision"),
                sketch == null ? new byte[0] : sketch,
                List.of()));
      }
    }
    return stored;
  }

  private static Key key(ResultSet row, String series) throws SQLException {
    long startMs = row.getObject("window_start", OffsetDateTime.class).toInstant().toEpochMilli();
    long endMs = row.getObject("window_end", OffsetDateTime.class).toInstant().toEpochMilli();
    if (endMs - startMs != row.getLong("window_ms")) {
      throw new IllegalStateException("window_ms of " + series + " at " + endMs);
    }
    return new Key(series, startMs, endMs);
  }
}
