package io.tidewatch.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One PostgreSQL server, its database {@code postgres} and its superuser {@code postgres}, who
 * needs no password on loopback. A crash of the machine may cost the data: nothing is forced to
 * disk.
 *
 * <p>The programs are run here rather than by a library, so that everything lies below the given
 * directory, the files of the server are written once, and root gets an answer in a container, too.
 */
public final class EmbeddedDatabase implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedDatabase.class);
  private static final String USER = "postgres";
  private static final int PORTS_TO_TRY = 5;
  private static final int ANY_PORT = 0;

  /** A server that is killed keeps what it has committed; a machine that loses power does not. */
  private static final List<String> SETTINGS =
      List.of(
          "listen_addresses=127.0.0.1",
          "unix_socket_directories=",
          "max_connections=50",
          "shared_buffers=32MB",
          "fsync=off",
          "full_page_writes=off",
          "timezone=UTC",
          "log_timezone=UTC");

  private final Path home;
  private final Path programs;
  private final PostgresAccount account;
  private final FileChannel lock;
  private final Thread atExit = new Thread(this::stop, "embedded-database-exit");
  private final int wantedPort;
  private int port;
  private boolean closed;

  private EmbeddedDatabase(
      Path home, Path programs, PostgresAccount account, FileChannel lock, int wantedPort) {
    this.home = home;
    this.programs = programs;
    this.account = account;
    this.lock = lock;
    this.wantedPort = wantedPort;
  }

  /** Starts on {@code dir}; tables which an earlier server left there are served again. */
  public static EmbeddedDatabase start(Path dir) {
    return start(dir, PostgresAccount::of, ANY_PORT);
  }

  /**
   * Starts on {@code dir} and a port of 127.0.0.1, on which the server can be stopped, killed and
   * started again.
   */
  public static EmbeddedDatabase start(Path dir, int port) {
    return start(dir, PostgresAccount::of, port);
  }

  static EmbeddedDatabase start(Path dir, PostgresAccount.Choice choice) {
    return start(dir, choice, ANY_PORT);
  }

  private static EmbeddedDatabase start(Path dir, PostgresAccount.Choice choice, int port) {
    Path home = dir.toAbsolutePath();
    try {
      Files.createDirectories(home);
      FileChannel lock = lock(home);
      try {
        Path programs = PostgresBinaries.unpack(home.resolve("binaries"));
        var database = new EmbeddedDatabase(home, programs, choice.of(home), lock, port);
        database.start();
        return database;
      } catch (IOException | RuntimeException e) {
        lock.close();
        throw e;
      }
    } catch (IOException e) {
      throw new UncheckedIOException("PostgreSQL did not start on " + home, e);
    }
  }

  /** What a JDBC client connects with; names the user. */
  public String jdbcUrl() {
    return "jdbc:postgresql://127.0.0.1:" + port + "/postgres?user=" + USER;
  }

  /** The superuser; without a password. */
  public String user() {
    return USER;
  }

  /** A new connection, which the caller closes. */
  public Connection connection() throws SQLException {
    return DriverManager.getConnection(jdbcUrl());
  }

  /** Stops the server as an operator does; clients are cut off. It stays closed until started. */
  public void stopServer() {
    stop();
  }

  /**
   * Starts the server again on its port, after {@link #stopServer} or a crash.
   *
   * @throws UncheckedIOException when it does not start; after a crash it may need another try,
   *     until the last process of the crashed one has ended
   */
  public synchronized void startServer() {
    try {
      var start = launch();
      if (!start.succeeded()) {
        throw new IOException("The server said: " + said(start));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("PostgreSQL did not start on " + home, e);
    }
  }

  /**
   * The process that listens and starts the others; empty while the server is down, and while it
   * starts or ends and its file is not yet written or already gone.
   */
  public Optional<ProcessHandle> serverProcess() {
    Path pidFile = data().resolve("postmaster.pid");
    try (Stream<String> lines = Files.lines(pidFile)) {
      // Lives, and is a server and no later namesake.
      return lines
          .findFirst()
          .map(line -> Long.parseLong(line.strip()))
          .flatMap(ProcessHandle::of)
          .filter(ProcessHandle::isAlive)
          .filter(process -> process.info().command().orElse("postgres").endsWith("postgres"));
    } catch (NoSuchFileException down) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(pidFile + " cannot be read", e);
    }
  }

  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    stop();
    try {
      lock.close();
      Runtime.getRuntime().removeShutdownHook(atExit);
    } catch (IllegalStateException e) {
      LOG.debug("The JVM is on its way out, its hook may stop the stopped server again", e);
    } catch (IOException e) {
      throw new UncheckedIOException("The lock on " + home + " cannot be released", e);
    }
  }

  private void start() throws IOException {
    initialiseIfNew();
    // This JVM holds the lock, so a server that still runs here was left by one that was killed.
    stop();
    Runtime.getRuntime().addShutdownHook(atExit);
    for (int attempt = 1; ; attempt++) {
      port = wantedPort == ANY_PORT ? freePort() : wantedPort;
      var start = launch();
      if (start.succeeded()) {
        return;
      }
      String said = said(start);
      if (attempt == PORTS_TO_TRY || !said.contains("Address already in use")) {
        throw new IOException("The server said: " + said.strip());
      }
    }
  }

  private PostgresAccount.Outcome launch() throws IOException {
    Files.deleteIfExists(log());
    return run("pg_ctl", "start", "-w", "-D", data(), "-l", log(), "-o", "-p " + port);
  }

  private String said(PostgresAccount.Outcome start) throws IOException {
    return Files.exists(log()) ? Files.readString(log()) : start.output();
  }

  private void initialiseIfNew() throws IOException {
    if (Files.exists(data())) {
      return;
    }
    Path partial = home.resolve("data.partial");
    PostgresBinaries.delete(partial);
    var options = new ArrayList<Object>(List.of("-D", partial, "-U", USER, "--auth=trust"));
    options.addAll(List.of("--encoding=UTF8", "--no-locale", "--no-sync", "--no-instructions"));
    SETTINGS.forEach(setting -> options.addAll(List.of("-c", setting)));
    var initialisation = run("initdb", options.toArray());
    if (!initialisation.succeeded()) {
      throw new IOException("initdb said: " + initialisation.output().strip());
    }
    Files.move(partial, data(), StandardCopyOption.ATOMIC_MOVE);
  }

  private synchronized void stop() {
    try {
      if (serverProcess().isPresent()) {
        var stop = run("pg_ctl", "stop", "-w", "-m", "fast", "-t", "10", "-D", data());
        if (!stop.succeeded()) {
          LOG.error("PostgreSQL on {} did not stop: {}", home, stop.output());
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("PostgreSQL did not stop on " + home, e);
    }
  }

  private PostgresAccount.Outcome run(String program, Object... arguments) throws IOException {
    return account.run(programs.resolve(program), arguments);
  }

  private Path data() {
    return home.resolve("data");
  }

  private Path log() {
    return home.resolve("server.log");
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, LoopbackSockets.loopback())) {
      return socket.getLocalPort();
    }
  }

  private static FileChannel lock(Path home) throws IOException {
    var channel =
        FileChannel.open(home.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      if (channel.tryLock() != null) {
        return channel;
      }
    } catch (OverlappingFileLockException e) {
      channel.close();
      throw new IOException("this JVM already runs a server there", e);
    }
    channel.close();
    throw new IOException("another JVM runs a server there");
  }
}
