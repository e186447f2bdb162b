package io.tidewatch.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
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
  private static final List<String> SETTINGS =
      List.of(
          "listen_addresses=127.0.0.1",
          "unix_socket_directories=",
          "max_connections=50",
          "shared_buffers=32MB",
          "fsync=off",
          "synchronous_commit=off",
          "full_page_writes=off",
          "timezone=UTC",
          "log_timezone=UTC");

  private final Path home;
  private final Path programs;
  private final PostgresAccount account;
  private final FileChannel lock;
  private final Thread atExit = new Thread(this::stop, "embedded-database-exit");
  private int port;
  private boolean closed;

  private EmbeddedDatabase(Path home, Path programs, PostgresAccount account, FileChannel lock) {
    this.home = home;
    this.programs = programs;
    this.account = account;
    this.lock = lock;
  }

  /** Starts on {@code dir}; tables which an earlier server left there are served again. */
  public static EmbeddedDatabase start(Path dir) {
    return start(dir, PostgresAccount::of);
  }

  static EmbeddedDatabase start(Path dir, PostgresAccount.Choice choice) {
    Path home = dir.toAbsolutePath();
    try {
      Files.createDirectories(home);
      FileChannel lock = lock(home);
      try {
        Path programs = PostgresBinaries.unpack(home.resolve("binaries"));
        var database = new EmbeddedDatabase(home, programs, choice.of(home), lock);
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
      port = freePort();
      Files.deleteIfExists(log());
      var start = run("pg_ctl", "start", "-w", "-D", data(), "-l", log(), "-o", "-p " + port);
      if (start.succeeded()) {
        return;
      }
      String said = Files.exists(log()) ? Files.readString(log()) : start.output();
      if (attempt == PORTS_TO_TRY || !said.contains("Address already in use")) {
        throw new IOException("The server said: " + said.strip());
      }
    }
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
      if (isRunning()) {
        var stop = run("pg_ctl", "stop", "-w", "-m", "fast", "-t", "10", "-D", data());
        if (!stop.succeeded()) {
          LOG.error("PostgreSQL on {} did not stop: {}", home, stop.output());
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("PostgreSQL did not stop on " + home, e);
    }
  }

  /**
   * Whether the process that the server wrote down lives, and is a server and no later namesake.
   */
  private boolean isRunning() throws IOException {
    Path pidFile = data().resolve("postmaster.pid");
    if (!Files.exists(pidFile)) {
      return false;
    }
    long pid = Long.parseLong(Files.readAllLines(pidFile).get(0).strip());
    return ProcessHandle.of(pid)
        .filter(ProcessHandle::isAlive)
        .filter(process -> process.info().command().orElse("postgres").endsWith("postgres"))
        .isPresent();
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
