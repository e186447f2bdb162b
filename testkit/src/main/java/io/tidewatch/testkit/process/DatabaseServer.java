package io.tidewatch.testkit.process;

import io.tidewatch.embedded.EmbeddedDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** PostgreSQL: the process that listens, and those that serve the connections. */
public final class DatabaseServer implements Server {
  private final String name;
  private final EmbeddedDatabase database;
  private final List<ProcessHandle> frozen = new ArrayList<>();

  /**
   * @param database that runs, on a port of its own
   */
  public DatabaseServer(String name, EmbeddedDatabase database) {
    this.name = name;
    this.database = database;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public void start() {
    database.startServer();
  }

  @Override
  public void stop() {
    database.stopServer();
  }

  /** Kills the process that listens; the others see it and end by themselves. */
  @Override
  public void kill() {
    database.serverProcess().ifPresent(ProcessHandle::destroyForcibly);
  }

  /** The process that listens first, so that it makes no more others. */
  @Override
  public synchronized void freeze() {
    database
        .serverProcess()
        .ifPresent(
            server -> {
              Signal.STOP.sendTo(server);
              frozen.add(server);
              server
                  .descendants()
                  .forEach(
                      process -> {
                        Signal.STOP.sendTo(process);
                        frozen.add(process);
                      });
            });
  }

  @Override
  public synchronized void thaw() {
    frozen.forEach(Signal.CONT::sendTo);
    frozen.clear();
  }

  @Override
  public boolean isAlive() {
    return database.serverProcess().isPresent();
  }

  @Override
  public Optional<ProcessHandle> process() {
    return database.serverProcess();
  }

  /** A start returns when it serves. */
  @Override
  public boolean hasServed() {
    return true;
  }

  @Override
  public void close() {
    thaw();
    database.close();
  }
}
