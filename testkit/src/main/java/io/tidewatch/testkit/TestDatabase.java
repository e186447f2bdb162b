package io.tidewatch.testkit;

import io.tidewatch.embedded.EmbeddedStack;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.UUID;

/**
 * An empty database of its own for a test or a run. It is on the embedded PostgreSQL or, where
 * {@code TIDEWATCH_TIMESCALE_URL} names a server, on that, with the extension TimescaleDB if the
 * server has it; there it is dropped when the JVM ends.
 *
 * @param jdbcUrl names user and password as the URL of the server does
 * @param user of the URL
 */
public record TestDatabase(String jdbcUrl, String user) {
  /** Environment variable: JDBC URL of a server, with a superuser. */
  public static final String SERVER = "TIDEWATCH_TIMESCALE_URL";

  /** The server that the environment names; empty where the embedded one is to be used. */
  public static Optional<String> namedServer() {
    return Optional.ofNullable(System.getenv(SERVER)).filter(url -> !url.isBlank());
  }

  /**
   * Makes a database that keeps what is written: no background job of TimescaleDB runs, which would
   * drop rows of years ago.
   */
  public static TestDatabase create(EmbeddedStack stack) {
    return namedServer()
        .map(TestDatabase::createOn)
        .map(TestDatabase::withoutBackgroundJobs)
        .orElseGet(() -> create(stack.database().jdbcUrl(), newName()));
  }

  /**
   * Makes a database that ends with the JVM, with background jobs where there is TimescaleDB.
   *
   * @param server JDBC URL, names a superuser
   */
  public static TestDatabase createOn(String server) {
    String name = newName();
    TestDatabase database = create(server, name);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> execute(server, "DROP DATABASE IF EXISTS " + name + " WITH (FORCE)"),
                "drop-" + name));
    return database;
  }

  private TestDatabase withoutBackgroundJobs() {
    if (hasTimescale()) {
      execute(jdbcUrl, "SELECT _timescaledb_functions.stop_background_workers()");
    }
    return this;
  }

  private boolean hasTimescale() {
    try (Connection connection = connection();
        Statement statement = connection.createStatement();
        ResultSet extension =
            statement.executeQuery("SELECT 1 FROM pg_extension WHERE extname = 'timescaledb'")) {
      return extension.next();
    } catch (SQLException e) {
      throw new IllegalStateException(jdbcUrl + ": cannot be used", e);
    }
  }

  /** A new connection, which the caller closes. */
  public Connection connection() throws SQLException {
    return DriverManager.getConnection(jdbcUrl);
  }

  private static String newName() {
    return "tidewatch_test_" + UUID.randomUUID().toString().replace("-", "");
  }

  private static TestDatabase create(String server, String name) {
    execute(server, "CREATE DATABASE " + name);
    String jdbcUrl = server.replaceFirst("/[^/?]*(\\?|$)", "/" + name + "$1");
    try (Connection connection = DriverManager.getConnection(jdbcUrl);
        Statement statement = connection.createStatement()) {
      try (ResultSet extension =
          statement.executeQuery(
              "SELECT 1 FROM pg_available_extensions WHERE name = 'timescaledb'")) {
        if (extension.next()) {
          statement.execute("CREATE EXTENSION IF NOT EXISTS timescaledb");
        }
      }
      return new TestDatabase(jdbcUrl, connection.getMetaData().getUserName());
    } catch (SQLException e) {
      throw new IllegalStateException(name + ": cannot be used", e);
    }
  }

  private static void execute(String server, String sql) {
    try (Connection connection = DriverManager.getConnection(server);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(sql + ": failed", e);
    }
  }
}
