package io.tidewatch.benchmarks.detection;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;

/** Small input of tests. */
public final class TextFiles {
  private TextFiles() {}

  /** Makes the folders too; gzipped where the name says so. */
  public static Path write(Path file, String text) {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      try (OutputStream plain = Files.newOutputStream(file);
          OutputStream out =
              file.toString().endsWith(".gz") ? new GZIPOutputStream(plain) : plain) {
        out.write(text.getBytes(StandardCharsets.UTF_8));
      }
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
