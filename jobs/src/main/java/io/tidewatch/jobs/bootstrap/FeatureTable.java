package io.tidewatch.jobs.bootstrap;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidewatch.jobs.config.ConfigException;
import io.tidewatch.jobs.config.PostgresConfig;
import io.tidewatch.schemas.derived.FeatureVector;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The table {@code device_features}: the windows as the telemetry job wrote them. What was told
 * last of a window stands for it, and no row is a correction. Rows are fetched by the thousand and
 * in no order.
 */
final class FeatureTable {
  static final String NAME = "device_features";

  private static final String UNDEFINED_TABLE = "42P01";
  private static final int FETCH_ROWS = 1_000;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path file;
  private final PostgresConfig config;

  /**
   * @param file of the configuration, for errors
   */
  FeatureTable(Path file, PostgresConfig config) {
    this.file = file;
    this.config = config;
  }

  /** The database without options of its URL, among which there may be credentials. */
  String address() {
    return config.url().replaceFirst("\\?.*", "");
  }

  /**
   * Hands on the windows that are wanted.
   *
   * @return why nobody can train from them, in one line; empty when all were handed on
   * @throws ConfigException when the database cannot be reached, or does not answer
   */
  Optional<String> read(WantedWindows wanted, Consumer<FeatureVector> windows) {
    try (Connection connection = connect()) {
      connection.setReadOnly(true);
      connection.setAutoCommit(false); // or the driver takes all rows at once
      return read(connection, wanted, windows);
    } catch (SQLException e) {
      if (UNDEFINED_TABLE.equals(e.getSQLState())) {
        return Optional.of("%s: must be a table of %s, is none".formatted(NAME, address()));
      }
      throw new ConfigException(
          "%s: postgres.url: must be of a database that answers, was '%s' (%s)"
              .formatted(file, address(), e.getMessage()));
    }
  }

  private Connection connect() {
    try {
      return DriverManager.getConnection(config.url(), config.user(), config.password().reveal());
    } catch (SQLException e) {
      throw new ConfigException(
          "%s: postgres.url: must be of a database that can be reached, was '%s' (%s)"
              .formatted(file, address(), e.getMessage()));
    }
  }

  private static Optional<String> read(
      Connection connection, WantedWindows wanted, Consumer<FeatureVector> windows)
      throws SQLException {
    List<Object> parameters = new ArrayList<>();
    long count = 0;
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT device_id, window_start, window_end, records, features FROM "
                + NAME
                + conditions(wanted, parameters))) {
      for (int i = 0; i < parameters.size(); i++) {
        statement.setObject(i + 1, parameters.get(i));
      }
      statement.setFetchSize(FETCH_ROWS);
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          JsonNode features = json(row.getString(5));
          for (String name : wanted.names()) {
            if (!features.has(name)) {
              return Optional.of(
                  "%s: must hold the features of the model %s, the window of %s to %s has no '%s'; begin behind it with --from"
                      .formatted(
                          NAME,
                          wanted.model().name(),
                          row.getString(1),
                          Instant.ofEpochMilli(timeMs(row, 3)),
                          name));
            }
          }
          count++;
          windows.accept(
              new FeatureVector(
                  wanted.model().name(),
                  row.getString(1),
                  timeMs(row, 2),
                  timeMs(row, 3),
                  row.getLong(4),
                  values(wanted.names(), features)));
        }
      }
    }
    return count > 0
        ? Optional.empty()
        : Optional.of("%s: must hold %s, held none".formatted(NAME, wanted));
  }

  private static String conditions(WantedWindows wanted, List<Object> parameters) {
    StringBuilder where = new StringBuilder(" WHERE model = ?");
    parameters.add(wanted.model().name());
    Long lengthMs = wanted.lengthMs();
    if (lengthMs != null) {
      where.append(" AND window_ms = ?");
      parameters.add(lengthMs);
    }
    if (wanted.device() != null) {
      where.append(" AND device_id = ?");
      parameters.add(wanted.device());
    }
    if (wanted.from() != null) {
      where.append(" AND window_start >= ?");
      parameters.add(wanted.from().atOffset(ZoneOffset.UTC));
    }
    if (wanted.to() != null) {
      where.append(" AND window_end <= ?");
      parameters.add(wanted.to().atOffset(ZoneOffset.UTC));
    }
    return where.toString();
  }

  private static long timeMs(ResultSet row, int column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant().toEpochMilli();
  }

  private static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("PostgreSQL keeps JSON only", e);
    }
  }

  private static double[] values(List<String> names, JsonNode features) {
    double[] values = new double[names.size()];
    for (int i = 0; i < values.length; i++) {
      JsonNode value = features.get(names.get(i));
      values[i] = value.isNull() ? Double.NaN : value.doubleValue();
    }
    return values;
  }
}
