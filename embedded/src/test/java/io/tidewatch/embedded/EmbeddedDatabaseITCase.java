package io.tidewatch.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.security.auth.module.UnixSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedDatabaseITCase {
  /**
   * One for all tests: the binaries are unpacked once, and every start but the first is a restart.
   */
  @TempDir static Path dir;

  /** Open to everybody down from the file system's root, as temporary directories are not. */
  private static Path enterable() throws IOException {
    Path folder = Files.createDirectories(dir.resolve("enterable"));
    for (Path path : List.of(dir, folder)) {
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
    return folder;
  }

  @BeforeAll
  static void unpackOnce() throws IOException {
    PostgresBinaries.unpack(dir.resolve("binaries"));
  }

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
  void fileOfTheProcessThatIsStillEmptyIsAServerThatIsDown() throws Exception {
    try (var database = EmbeddedDatabase.start(dir)) {
      database.stopServer();
      assertThat(database.serverProcess()).isEmpty();

      Path pidFile = Files.createFile(dir.resolve("data/postmaster.pid"));
      assertThat(database.serverProcess()).isEmpty();

      Files.delete(pidFile);
      database.startServer();
      assertThat(database.serverProcess()).isPresent();
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
  void unpacksTheSameWithoutTar() throws Exception {
    Path here = dir.resolve("here");
    PostgresBinaries.unpackHere(here);
    assertThat(contents(here)).isEqualTo(contents(dir.resolve("binaries")));
    assertThat(here.resolve("bin/postgres")).isExecutable();
  }

  @Test
  void runsAsAnotherUserWhereRootMayNotMakeANamespace() throws Exception {
    assumeTrue(new UnixSystem().getUid() == 0, "only root can become somebody else");
    Path enterable = enterable();
    try (var database = EmbeddedDatabase.start(enterable, PostgresAccount::otherUser)) {
      assertThat(select(database, "SELECT 1")).isEqualTo(1);
      assertThat(Leftovers.processesOf(enterable)).isNotEmpty();
    }
    assertThat(Leftovers.processesOf(enterable)).isEmpty();
  }

  @Test
  void saysWhatToDoWhereNobodyMayWrite() throws Exception {
    assumeTrue(new UnixSystem().getUid() == 0, "only root can become somebody else");
    Path inside = Files.createDirectories(dir.resolve("private/inside"));
    Files.setPosixFilePermissions(
        dir.resolve("private"), PosixFilePermissions.fromString("rwx------"));
    assertThatThrownBy(() -> PostgresAccount.otherUser(inside))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("run as an ordinary user, or choose a directory");
  }

  private static Map<String, Long> contents(Path root) throws IOException {
    var sizes = new TreeMap<String, Long>();
    try (Stream<Path> paths = Files.walk(root)) {
      for (Path path : paths.filter(Files::isRegularFile).toList()) {
        sizes.put(root.relativize(path).toString(), Files.size(path));
      }
    }
    return sizes;
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
