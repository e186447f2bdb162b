package io.tidewatch.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Where reports go. */
public final class OutputFolder {
  private static final Path RESULTS = Path.of("docs", "benchmarks");

  /** A quick run is no result and must not replace one. */
  private static final Path QUICK = Path.of("benchmarks", "target", "quick");

  private OutputFolder() {}

  /**
   * @param asked by the user; null where nothing was said
   */
  public static Path of(@Nullable Path asked, boolean quick) {
    if (asked != null) {
      return asked;
    }
    return Path.of(System.getProperty("tidewatch.home", ".")).resolve(quick ? QUICK : RESULTS);
  }

  /** Makes the folder when it is not there. */
  public static void write(Path file, String text) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    Files.writeString(file, text);
  }
}
