package io.tidewatch.jobs.sink;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidewatch.jobs.config.PostgresConfig;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.function.Consumer;

/** The rows of {@code alert_incidents}, read in one transaction, some at a time. */
public final class StoredIncidents {
  private static final String QUERY =
      """
      SELECT alert_id, fingerprint, rule, labels, status, triggered_at, resolved_at, written_at
      FROM alert_incidents ORDER BY triggered_at, alert_id
      """;

  /** Rows that are fetched at a time: a megabyte, or a few. */
  private static final int FETCH_ROWS = 1_000;

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final TypeReference<Map<String, String>> TEXTS = new TypeReference<>() {};

  private StoredIncidents() {}

  /**
   * Reads all of them.
   *
   * @param each is handed each row, in the order in which they were triggered
   * @throws io.tidewatch.jobs.config.ConfigException when the database cannot be reached
   * @throws SQLException when there is no such table, or it cannot be read to its end
   */
  public static void read(PostgresConfig config, Consumer<Incident> each) throws SQLException {
    PostgresAccess.require(config);
    try (Connection database =
            DriverManager.getConnection(config.url(), config.user(), config.password().reveal());
        Statement statement = database.createStatement()) {
      database.setAutoCommit(false); // or all rows would be fetched at once
      statement.setFetchSize(FETCH_ROWS);
      try (ResultSet rows = statement.executeQuery(QUERY)) {
        while (rows.next()) {
          each.accept(incident(rows));
        }
      }
    }
  }

  private static Incident incident(ResultSet row) throws SQLException {
    OffsetDateTime resolvedAt = row.getObject("resolved_at", OffsetDateTime.class);
    return new Incident(
        row.getString("alert_id"),
        row.getString("fingerprint"),
        row.getString("rule"),
        labels(row.getString("labels")),
        IncidentStatus.ofWord(row.getString("status")),
        epochMs(row.getObject("triggered_at", OffsetDateTime.class)),
        resolvedAt == null ? null : epochMs(resolvedAt),
        epochMs(row.getObject("written_at", OffsetDateTime.class)));
  }

  private static Map<String, String> labels(String json) throws SQLException {
    try {
      return JSON.readValue(json, TEXTS);
    } catch (JsonProcessingException e) {
      throw new SQLException("alert_incidents.labels: must be an object of texts", e);
    }
  }

  private static long epochMs(OffsetDateTime time) {
    return time.toInstant().toEpochMilli();
  }
}
