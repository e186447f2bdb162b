package io.tidewatch.cli.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.tidewatch.jobs.config.Durations;
import io.tidewatch.schemas.model.WindowSpec;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The folder below which a demo writes everything. What an earlier demo left in it is removed. */
final class DemoFolder implements AutoCloseable {
  /** Says that a demo made the folder; a folder without it is not touched. */
  private static final String MARKER = "made-by-tidewatch-demo";

  /** The programs of PostgreSQL need not be unpacked again. */
  private static final Path KEPT = Path.of("postgres", "binaries");

  /** A slide shorter than this says nothing more on a screen that changes once a second. */
  private static final Duration SHORTEST_SLIDE = Duration.ofSeconds(1);

  private final Path path;
  private final FileChannel lock;

  private DemoFolder(Path path, FileChannel lock) {
    this.path = path;
    this.lock = lock;
  }

  /**
   * Makes the folder ready, and keeps others out of it until it is closed.
   *
   * @throws IllegalArgumentException when it holds what no demo has made, or a demo uses it
   */
  static DemoFolder claim(Path folder) throws IOException {
    Path path = folder.toAbsolutePath().normalize();
    Files.createDirectories(path);
    Path marker = path.resolve(MARKER);
    if (!Files.exists(marker) && !isEmpty(path)) {
      throw new IllegalArgumentException(
          "--data: must be empty, absent or made by an earlier demo, was " + path);
    }
    FileChannel lock = FileChannel.open(marker, CREATE, WRITE);
    try {
      if (!isOurs(lock)) {
        throw new IllegalArgumentException(
            "--data: must not be in use by another demo, was " + path);
      }
      clear(path);
      lock.write(UTF_8.encode("What is here is removed by the next `tidewatch demo`.\n"));
      return new DemoFolder(path, lock);
    } catch (IOException | RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  private static boolean isOurs(FileChannel lock) throws IOException {
    try {
      return lock.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      return false; // another demo of this JVM
    }
  }

  @Override
  public void close() throws IOException {
    lock.close();
  }

  Path path() {
    return path;
  }

  /**
   * Copies the telemetry models here. Time runs {@code speed} times faster in a replay, and so do
   * the windows of its model, down to a slide of one second; their number of panes stays. Windows
   * by points stay as they are.
   *
   * @param replayed name of the model that is replayed; null for none
   * @return the folder of the copies
   */
  Path copyModels(Path models, @Nullable String replayed, double speed) throws IOException {
    Path copies = Files.createDirectories(path.resolve("models"));
    try (Stream<Path> files = Files.list(models)) {
      for (Path file : files.toList()) {
        Path copy = copies.resolve(file.getFileName());
        if (file.getFileName().toString().equals(replayed + ".yaml")) {
          writeFaster(file, copy, speed);
        } else {
          Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
        }
      }
    }
    return copies;
  }

  private static void writeFaster(Path model, Path copy, double speed) throws IOException {
    YAMLMapper yaml = new YAMLMapper();
    ObjectNode tree = (ObjectNode) yaml.readTree(model.toFile());
    ObjectNode window = (ObjectNode) tree.get("window");
    if (!window.has("slide")) {
      Files.copy(model, copy, StandardCopyOption.REPLACE_EXISTING); // points have no speed
      return;
    }
    WindowSpec faster =
        faster(
            new WindowSpec(
                Durations.parse(window.get("size").asText()),
                Durations.parse(window.get("slide").asText())),
            speed);
    window.put("size", faster.size().toString());
    window.put("slide", faster.slide().toString());
    yaml.writeValue(copy.toFile(), tree);
  }

  static WindowSpec faster(WindowSpec window, double speed) {
    long slideMs = Math.max(SHORTEST_SLIDE.toMillis(), Math.round(window.slideMs() / speed));
    if (slideMs >= window.slideMs()) {
      return window;
    }
    long panes = window.sizeMs() / window.slideMs();
    return new WindowSpec(Duration.ofMillis(panes * slideMs), Duration.ofMillis(slideMs));
  }

  private static boolean isEmpty(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.findAny().isEmpty();
    }
  }

  private static void clear(Path folder) throws IOException {
    Path kept = folder.resolve(KEPT);
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes attributes) {
            return dir.equals(kept) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            if (!file.equals(folder.resolve(MARKER))) {
              Files.delete(file);
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path dir, @Nullable IOException failure)
              throws IOException {
            if (List.of(folder, kept.getParent()).contains(dir)) {
              return FileVisitResult.CONTINUE;
            }
            Files.delete(dir);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
