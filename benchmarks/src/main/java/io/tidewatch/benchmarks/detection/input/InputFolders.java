package io.tidewatch.benchmarks.detection.input;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where the data lie. */
public final class InputFolders {
  private InputFolders() {}

  /**
   * The folder of a kind of data.
   *
   * @param kind {@code nab}, {@code asd} or {@code adbench}
   * @param asked by the user; null where nothing was said
   * @return empty where nothing was said and there is none at {@link #standard}
   * @throws IllegalArgumentException when the one asked for is not there
   */
  public static Optional<Path> of(String kind, @Nullable Path asked) {
    if (asked == null) {
      Path standard = standard(kind);
      return Files.isDirectory(standard) ? Optional.of(standard) : Optional.empty();
    }
    if (!Files.isDirectory(asked)) {
      throw new IllegalArgumentException(
          "--%s: must be a folder that is there, was %s".formatted(kind, asked));
    }
    return Optional.of(asked);
  }

  /** In the folder of real telemetry, {@code -Dtidewatch.data=DIR} or beside the checkout. */
  public static Path standard(String kind) {
    String data = System.getProperty("tidewatch.data");
    Path folder =
        data != null
            ? Path.of(data)
            : Path.of(System.getProperty("tidewatch.home", "."), "..", "shared", "data");
    return folder.resolve(kind).toAbsolutePath().normalize();
  }
}
