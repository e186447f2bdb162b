package io.tidewatch.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

/** The sources of all rooms. */
final class SourceTree {
  private static final Path ROOT =
      Path.of(System.getProperty("tidewatch.root", "..")).toAbsolutePath().normalize();

  private SourceTree() {}

  /** Whether there is such a file, relative to the root of the project. */
  static boolean exists(String path) {
    return Files.isRegularFile(ROOT.resolve(path));
  }

  /** The Java files of all rooms under {@code src/main/java}. */
  static List<Path> mainClasses() {
    return javaFiles("src/main/java");
  }

  /** The Java files of all rooms under {@code src/main/java} or {@code src/test/java}. */
  static List<Path> allClasses() {
    return Stream.of("src/main/java", "src/test/java")
        .flatMap(folder -> javaFiles(folder).stream())
        .toList();
  }

  static String relative(Path file) {
    return ROOT.relativize(file).toString();
  }

  static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Path> javaFiles(String folder) {
    List<Path> files = new ArrayList<>();
    try (Stream<Path> top = Files.list(ROOT);
        Stream<Path> engines = Files.list(ROOT.resolve("engines"))) {
      Stream<Path> rooms = Stream.concat(top, engines);
      for (Path room : rooms.map(room -> room.resolve(folder)).toList()) {
        if (Files.isDirectory(room)) {
          try (Stream<Path> tree = Files.walk(room)) {
            tree.filter(file -> file.toString().endsWith(".java")).forEach(files::add);
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Collections.sort(files);
    return files;
  }
}
