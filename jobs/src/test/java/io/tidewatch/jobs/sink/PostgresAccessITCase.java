package io.tidewatch.jobs.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.tidewatch.embedded.EmbeddedDatabase;
import io.tidewatch.jobs.TestAuthority;
import io.tidewatch.jobs.config.ConfigException;
import io.tidewatch.jobs.config.PostgresConfig;
import io.tidewatch.jobs.config.Secret;
import io.tidewatch.testkit.LoopbackPorts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A database that asks for TLS and a password; who cannot have both is told which key is wrong. */
class PostgresAccessITCase {
  private static final String RIGHT = "right-7Zq";
  private static final Duration TIMEOUT = Duration.ofMinutes(2);

  @TempDir static Path folder;
  private static final TestAuthority AUTHORITY = new TestAuthority("databases");
  private static EmbeddedDatabase database;

  @BeforeAll
  static void start() throws SQLException {
    database = EmbeddedDatabase.start(folder.resolve("postgres"));
    run(
        "CREATE ROLE tidewatch LOGIN PASSWORD '" + RIGHT + "'",
        "GRANT ALL ON SCHEMA public TO tidewatch",
        "GRANT ALL ON DATABASE postgres TO tidewatch");
  }

  @AfterAll
  static void stop() {
    database.close();
  }

  @Test
  void letsInWhoTrustsTheServerAndIsKnownToIt() throws Exception {
    show(AUTHORITY.server());
    String url = verified(AUTHORITY);
    await("TLS")
        .atMost(TIMEOUT)
        .untilAsserted(
            () ->
                assertThatCode(() -> Migrations.apply(config(url, RIGHT, true)))
                    .doesNotThrowAnyException());
    try (Connection connection = DriverManager.getConnection(url, "tidewatch", RIGHT);
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery("SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()")) {
      assertThat(row.next()).isTrue();
      assertThat(row.getBoolean(1)).as("encrypted").isTrue();
    }
    assertRefused(
        url, "wrong-7Zq", "postgres.password: must be that of postgres.user 'tidewatch', is not (");
    assertUrlRefused(verified(new TestAuthority("others")), "certification path");
    show(AUTHORITY.expired());
    assertUrlRefused(url, "NotAfter");
    show(AUTHORITY.elsewhere());
    assertUrlRefused(url, "127.0.0.1 could not be verified");
    run("ALTER SYSTEM SET ssl = off", "SELECT pg_reload_conf()");
    assertUrlRefused(url, "does not support SSL");
  }

  /** Once the server has taken up its new settings. */
  private static void assertUrlRefused(String url, String why) {
    await(why)
        .atMost(TIMEOUT)
        .untilAsserted(
            () -> assertRefused(url, RIGHT, "postgres.url: must be of a database that", why));
  }

  private static void assertRefused(String url, String password, String... parts) {
    for (boolean migrate : new boolean[] {true, false}) {
      assertThatThrownBy(() -> Migrations.apply(config(url, password, migrate)))
          .isInstanceOf(ConfigException.class)
          .hasMessageContainingAll(parts)
          .hasMessageNotContainingAny("\n", RIGHT, "wrong-7Zq");
    }
  }

  @Test
  void aDatabaseThatIsNotThereYetIsWaitedForWhereNothingIsToBeMigrated() {
    String nobody = "jdbc:postgresql://127.0.0.1:%d/tidewatch".formatted(LoopbackPorts.free());
    assertThatCode(() -> Migrations.apply(config(nobody, RIGHT, false))).doesNotThrowAnyException();
    assertThatThrownBy(() -> Migrations.apply(config(nobody, RIGHT, true)))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("postgres.url: must be of a database that can be reached");
    assertThatThrownBy(
            () ->
                Migrations.apply(
                    config("jdbc:postgresql://no-such-host.invalid/tidewatch", RIGHT, false)))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("no-such-host.invalid");
  }

  private static PostgresConfig config(String url, String password, boolean migrate) {
    return new PostgresConfig(url, "tidewatch", new Secret(password), migrate);
  }

  /** A URL that asks for all there is, and trusts that authority. */
  private static String verified(TestAuthority authority) throws IOException {
    Path trusted = Files.createTempFile(folder, "ca", ".pem");
    Files.writeString(trusted, authority.certificate());
    return database.jdbcUrl().replaceFirst("\\?.*", "")
        + "?sslmode=verify-full&sslrootcert="
        + trusted;
  }

  /** From now on the server shows this, and asks everybody but its own user for TLS. */
  private static void show(TestAuthority.Server server) throws SQLException {
    file("server.crt", server.certificates());
    file("server.key", server.key());
    file(
        "pg_hba.conf",
        "hostssl all tidewatch 127.0.0.1/32 scram-sha-256\nhost all postgres 127.0.0.1/32 trust\n");
    run("ALTER SYSTEM SET ssl = on", "SELECT pg_reload_conf()");
  }

  /** By the server, whose user must own what it reads. */
  private static void file(String name, String content) throws SQLException {
    run(
        "COPY (SELECT unnest(string_to_array('%s', E'\\n'))) TO PROGRAM 'cat > %s && chmod 600 %s'"
            .formatted(content.strip(), name, name));
  }

  private static void run(String... statements) throws SQLException {
    try (Connection connection = database.connection();
        Statement statement = connection.createStatement()) {
      for (String each : statements) {
        statement.execute(each);
      }
    }
  }
}
