package io.tidewatch.jobs.sink;

import io.tidewatch.jobs.config.ConfigException;
import io.tidewatch.jobs.config.PostgresConfig;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;
import org.postgresql.Driver;

/** Whether the database lets a job in, asked where it is submitted. */
final class PostgresAccess {
  private static final String ANSWER_WITHIN_SECONDS = "15";

  /** Class of SQLState: invalid authorization specification. */
  private static final String WHO_IS_THAT = "28";

  private PostgresAccess() {}

  /**
   * Connects once.
   *
   * @throws ConfigException naming the key of what is wrong
   */
  static void require(PostgresConfig config) {
    Properties properties = new Properties();
    properties.setProperty("user", config.user());
    properties.setProperty("password", config.password().reveal());
    properties.setProperty("loginTimeout", ANSWER_WITHIN_SECONDS);
    try (Connection connection = new Driver().connect(config.url(), properties)) {
      if (connection == null) {
        throw new SQLException("the driver does not take the URL");
      }
    } catch (SQLException e) {
      throw refused(config, e);
    }
  }

  private static ConfigException refused(PostgresConfig config, SQLException failure) {
    String state = failure.getSQLState();
    if (state != null && state.startsWith(WHO_IS_THAT)) {
      return new ConfigException(
          "postgres.password: must be that of postgres.user '%s', is not (%s)"
              .formatted(config.user(), failure.getMessage()));
    }
    Throwable cause = failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return new ConfigException(
        "postgres.url: must be of a database that can be reached as it says, was '%s' (%s%s)"
            .formatted(
                config.url(),
                failure.getMessage(),
                cause == failure ? "" : ": " + cause.getMessage()));
  }
}
