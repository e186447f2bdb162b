package io.tidewatch.testkit.process;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A server that is one process: a command, and a file to which all its starts write. */
public final class ServerProcess implements Server {
  /** What Flink and Kafka need to say goodbye. */
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final String name;
  private final List<String> command;
  private final Path log;
  private final String ready;
  private long startedAtByte;
  private @Nullable Process process;

  /**
   * @param log takes what all starts write
   * @param ready what it writes when it has come up; empty where nobody can tell
   */
  public ServerProcess(String name, List<String> command, Path log, String ready) {
    this.name = name;
    this.command = List.copyOf(command);
    this.log = log;
    this.ready = ready;
  }

  @Override
  public String name() {
    return name;
  }

  /** What standard output and standard error of all starts went to. */
  public Path log() {
    return log;
  }

  @Override
  public synchronized void start() {
    if (isAlive()) {
      throw new IllegalStateException(name + " runs");
    }
    try {
      startedAtByte = Files.exists(log) ? Files.size(log) : 0;
      process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
              .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void stop() {
    Process running = started();
    running.destroy();
    awaitEnd(running);
  }

  @Override
  public void kill() {
    Process running = started();
    running.destroyForcibly();
    awaitEnd(running);
  }

  @Override
  public void freeze() {
    Signal.STOP.sendTo(started().toHandle());
  }

  @Override
  public void thaw() {
    Signal.CONT.sendTo(started().toHandle());
  }

  @Override
  public synchronized boolean isAlive() {
    return process != null && process.isAlive();
  }

  @Override
  public synchronized Optional<ProcessHandle> process() {
    return Optional.ofNullable(process).filter(Process::isAlive).map(Process::toHandle);
  }

  @Override
  public synchronized boolean hasServed() {
    try (InputStream written = Files.newInputStream(log)) {
      written.skipNBytes(startedAtByte);
      return new String(written.readAllBytes(), StandardCharsets.UTF_8).contains(ready);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    if (isAlive()) {
      thaw();
      stop();
    }
  }

  private synchronized Process started() {
    if (process == null) {
      throw new IllegalStateException(name + " was never started");
    }
    return process;
  }

  private static void awaitEnd(Process ending) {
    try {
      if (!ending.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        ending.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      ending.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
