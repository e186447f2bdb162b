package io.tidewatch.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedDatabaseITCase {
  @TempDir Path dir;

  @Test
  void servesSqlKeepsTablesOverARestartAndLeavesNoProcess() throws Exception {
    String address;
    try (var database = EmbeddedDatabase.start(dir)) {
      execute(database, "CREATE TABLE reading (value INT)", "INSERT INTO reading VALUES (42)");
      address = database.jdbcUrl().replaceAll("jdbc:postgresql://(.*)/.*", "$1");
      assertThat(Leftovers.processesOf(dir)).isNotEmpty();
      assertThatThrownBy(() -> EmbeddedDatabase.start(dir))
          .hasRootCauseInstanceOf(java.nio.channels.OverlappingFileLockException.class);
    }
    Leftovers.assertNobodyListens(address);
    assertThat(Leftovers.processesOf(dir)).isEmpty();

    try (var database = EmbeddedDatabase.start(dir)) {
      assertThat(select(database, "SELECT value FROM reading")).isEqualTo(42);
    }
  }

  @Test
  void stopsWithTheJvmThatForgotToCloseIt() throws Exception {
    var process = StartsAndForgets.launch(dir);
    assertThat(process.waitFor()).isZero();
    assertThat(dir.resolve("server.log")).content().contains("ready to accept connections");
    assertThat(Leftovers.processesOf(dir)).isEmpty();
  }

  @Test
  void takesOverFromAJvmThatWasKilled() throws Exception {
    var process = StartsAndForgets.launch(dir, "and waits to be killed");
    process.getInputStream().read();
    process.destroyForcibly().waitFor();
    assertThat(Leftovers.processesOf(dir)).isNotEmpty();

    try (var database = EmbeddedDatabase.start(dir)) {
      assertThat(select(database, "SELECT 1")).isEqualTo(1);
    }
    assertThat(Leftovers.processesOf(dir)).isEmpty();
  }

  @Test
  void writesNothingOutsideItsDirectory() throws Exception {
    Path tmp = Path.of(System.getProperty("java.io.tmpdir"));
    List<Path> before = children(tmp);
    EmbeddedDatabase.start(dir).close();
    assertThat(children(tmp).stream().filter(path -> path.toString().contains("pg")))
        .allMatch(before::contains);
  }

  private static List<Path> children(Path folder) throws Exception {
    try (Stream<Path> paths = Files.list(folder)) {
      return paths.toList();
    }
  }

  private static void execute(EmbeddedDatabase database, String... statements) throws SQLException {
    try (var connection = database.connection();
        var statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  private static int select(EmbeddedDatabase database, String sql) throws SQLException {
    try (var connection = database.connection();
        var statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getInt(1);
    }
  }
}
