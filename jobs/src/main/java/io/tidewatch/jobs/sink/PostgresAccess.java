package io.tidewatch.jobs.sink;

import io.tidewatch.jobs.config.ConfigException;
import io.tidewatch.jobs.config.PostgresConfig;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether the database lets a job in, asked where it is submitted. */
final class PostgresAccess {
  private static final String ANSWER_WITHIN_SECONDS = "15";

  /** Class of SQLState: invalid authorization specification. */
  private static final String WHO_IS_THAT = "28";

  /** Classes of SQLState: insufficient resources, operator intervention. */
  private static final Set<String> NOT_NOW = Set.of("53", "57");

  /** SQLState: unable to establish a connection. */
  private static final String NOBODY_THERE = "08001";

  private static final Logger LOG = LoggerFactory.getLogger(PostgresAccess.class);

  private PostgresAccess() {}

  /**
   * Connects once.
   *
   * @throws ConfigException naming the key of what is wrong
   */
  static void require(PostgresConfig config) {
    SQLException failure = failure(config);
    if (failure != null) {
      throw refused(config, failure);
    }
  }

  /**
   * The same, but for a database that is not there now: jobs wait for it.
   *
   * @throws ConfigException naming the key of what is wrong
   */
  static void requireUnlessAway(PostgresConfig config) {
    SQLException failure = failure(config);
    if (failure == null) {
      return;
    }
    if (!isAway(failure)) {
      throw refused(config, failure);
    }
    LOG.warn("postgres.url: nobody answers now, the job will wait ({})", failure.getMessage());
  }

  private static @Nullable SQLException failure(PostgresConfig config) {
    Properties properties = new Properties();
    properties.setProperty("user", config.user());
    properties.setProperty("password", config.password().reveal());
    properties.setProperty("loginTimeout", ANSWER_WITHIN_SECONDS);
    try (Connection connection = new Driver().connect(config.url(), properties)) {
      if (connection == null) {
        return new SQLException("the driver does not take the URL");
      }
      return null;
    } catch (SQLException e) {
      return e;
    }
  }

  /** A server that shows a wrong certificate, or has no TLS, is there; so is a wrong name. */
  private static boolean isAway(SQLException failure) {
    String state = String.valueOf(failure.getSQLState());
    Throwable cause = root(failure);
    return cause instanceof SocketException
        || NOT_NOW.stream().anyMatch(state::startsWith)
        || (state.equals(NOBODY_THERE) && !(cause instanceof UnknownHostException));
  }

  private static Throwable root(SQLException failure) {
    Throwable cause = failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause;
  }

  private static ConfigException refused(PostgresConfig config, SQLException failure) {
    String state = failure.getSQLState();
    if (state != null && state.startsWith(WHO_IS_THAT)) {
      return new ConfigException(
          "postgres.password: must be that of postgres.user '%s', is not (%s)"
              .formatted(config.user(), failure.getMessage()));
    }
    Throwable cause = root(failure);
    return new ConfigException(
        "postgres.url: must be of a database that can be reached as it says, was '%s' (%s%s)"
            .formatted(
                config.url(),
                failure.getMessage(),
                cause == failure ? "" : ": " + cause.getMessage()));
  }
}
