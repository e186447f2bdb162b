package io.tidewatch.testkit.chaos;

import io.tidewatch.testkit.process.Server;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A folder that servers write to, as something that can fail by itself: frozen, nothing in it can
 * be read and nothing written, whoever asks, root too, because another file has its name.
 */
final class LostFolder implements Server {
  private final String name;
  private final Path folder;
  private final Path away;

  /**
   * @param folder existing or not
   */
  LostFolder(String name, Path folder) {
    this.name = name;
    this.folder = folder;
    this.away = folder.resolveSibling(folder.getFileName() + ".away");
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public void start() {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * It cannot start again by itself.
   *
   * @throws UnsupportedOperationException always
   */
  @Override
  public void stop() {
    throw new UnsupportedOperationException(name + " cannot be stopped, it can be frozen");
  }

  /**
   * A folder has no process.
   *
   * @throws UnsupportedOperationException always
   */
  @Override
  public void kill() {
    throw new UnsupportedOperationException(name + " cannot be killed");
  }

  @Override
  public synchronized void freeze() {
    try {
      Files.move(folder, away);
      Files.createFile(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public synchronized void thaw() {
    try {
      Files.delete(folder);
      Files.move(away, folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether it or what has its name is there; waits while the one takes the other's place. */
  @Override
  public synchronized boolean isAlive() {
    return Files.exists(folder);
  }

  @Override
  public boolean hasServed() {
    return true;
  }

  @Override
  public void close() {
    // belongs to whoever looks at what a run has left
  }
}
