package io.tidewatch.jobs.dataset;

import io.tidewatch.jobs.config.ConfigException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The folder of a data set, and a hidden one beside it in which the next is made: {@code
 * .<name>.tidewatch} holds {@code staged-<run>} (raw rows), {@code next} and {@code previous}. The
 * target changes by two renames: the former data set to {@code previous}, {@code next} to the
 * target. So no reader sees half of one; for a moment there may be none. Who is killed leaves the
 * hidden folder, which the next run puts back or removes. On a cluster the job of a killed run may
 * go on: its folder is another one, and gone. A lock keeps two runs from one target.
 */
final class DatasetFolder implements AutoCloseable {
  private static final String KEY = "target: ";
  private static final String LOCK = "lock";
  private static final Pattern OURS = Pattern.compile("lock|previous|next|staged(-[-0-9a-f]+)?");

  private final Path target;
  private final Path hidden;
  private final Path staged;
  private final FileChannel lockFile;

  private DatasetFolder(Path target, Path hidden, FileChannel lockFile) {
    this.target = target;
    this.hidden = hidden;
    this.staged = hidden.resolve("staged-" + UUID.randomUUID());
    this.lockFile = lockFile;
  }

  /**
   * Makes sure that the target may be replaced, and makes the hidden folder.
   *
   * @throws ConfigException when it holds what is not ours, cannot be written, or another run has
   *     it
   */
  static DatasetFolder open(Path target) {
    Path parent = target.getParent();
    Path name = target.getFileName();
    if (parent == null || name == null) {
      throw new ConfigException(KEY + "must be a folder in another, was '" + target + "'");
    }
    requireOurs(target);
    Path hidden = parent.resolve("." + name + ".tidewatch");
    FileChannel lockFile = null;
    try {
      if (!Files.isDirectory(parent)) {
        throw new ConfigException(KEY + "must lie in a folder that is there, was '" + target + "'");
      }
      if (!Files.isWritable(parent)) {
        throw new ConfigException(
            KEY + "must lie in a folder that can be written, was '" + target + "'");
      }
      if (Files.exists(target) && !Files.isWritable(target)) {
        throw new ConfigException(
            KEY + "must be a folder that can be replaced, was '" + target + "'");
      }
      if (Files.isSymbolicLink(hidden)) {
        throw new ConfigException(KEY + "must have no link at '" + hidden + "', had one");
      }
      Files.createDirectories(hidden);
      requireOurLeftovers(hidden);
      lockFile = lock(hidden, target);
      DatasetFolder folder = new DatasetFolder(target, hidden, lockFile);
      folder.putRight();
      Files.createDirectory(folder.staged());
      Files.createDirectory(folder.next());
      return folder;
    } catch (IOException e) {
      close(lockFile);
      throw new ConfigException(
          KEY + "must lie in a folder that can be written, was '%s' (%s)".formatted(target, e));
    }
  }

  /** Whatever else lies there is not ours to remove. */
  private static void requireOurLeftovers(Path hidden) throws IOException {
    try (Stream<Path> left = Files.list(hidden)) {
      for (Path each : left.sorted().toList()) {
        if (!OURS.matcher(each.getFileName().toString()).matches()) {
          throw new ConfigException(
              KEY + "must have nothing beside it but what a killed run left, had '" + each + "'");
        }
      }
    }
  }

  private static FileChannel lock(Path hidden, Path target) throws IOException {
    FileChannel lockFile =
        FileChannel.open(hidden.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    FileLock lock;
    try {
      lock = lockFile.tryLock();
    } catch (OverlappingFileLockException e) {
      lock = null;
    }
    if (lock == null) {
      lockFile.close();
      throw new ConfigException(
          KEY + "must not be written by another run at the same time, was '" + target + "'");
    }
    return lockFile;
  }

  /** What a killed run left: a data set that it had taken away comes back, the rest goes. */
  private void putRight() throws IOException {
    if (Files.isDirectory(previous()) && !Files.exists(target)) {
      Files.move(previous(), target, StandardCopyOption.ATOMIC_MOVE);
    }
    try (Stream<Path> left = Files.list(hidden)) {
      for (Path each : left.filter(path -> !path.endsWith(LOCK)).toList()) {
        delete(each);
      }
    }
  }

  /** Folder of the raw rows; empty at first. */
  Path staged() {
    return staged;
  }

  /** Folder of the data set that is made; empty at first. */
  Path next() {
    return hidden.resolve("next");
  }

  private Path previous() {
    return hidden.resolve("previous");
  }

  /**
   * Puts {@link #next} in place of the target.
   *
   * @throws ConfigException when something else came into the target meanwhile
   */
  void publish() {
    requireOurs(target);
    try {
      if (Files.exists(target)) {
        Files.move(target, previous(), StandardCopyOption.ATOMIC_MOVE);
      }
      Files.move(next(), target, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(KEY + "could not be replaced, was '" + target + "'", e);
    }
  }

  private static void requireOurs(Path target) {
    String foreign = FormerDataset.foreign(target);
    if (foreign != null) {
      throw new ConfigException(
          KEY + "must be absent, empty or a data set, was '%s' with %s".formatted(target, foreign));
    }
  }

  /** Removes the hidden folder. */
  @Override
  public void close() {
    try {
      if (Files.isDirectory(previous()) && !Files.exists(target)) {
        Files.move(previous(), target, StandardCopyOption.ATOMIC_MOVE);
      }
      close(lockFile);
      delete(hidden);
    } catch (IOException e) {
      throw new UncheckedIOException("could not be removed: " + hidden, e);
    }
  }

  private static void close(@Nullable FileChannel lockFile) {
    try {
      if (lockFile != null) {
        lockFile.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Removes a folder with all that is in it; follows no link. */
  static void delete(Path folder) throws IOException {
    if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path dir, @Nullable IOException failure)
              throws IOException {
            Files.delete(dir);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
