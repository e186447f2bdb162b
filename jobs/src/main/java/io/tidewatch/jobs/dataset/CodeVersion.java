package io.tidewatch.jobs.dataset;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The version of this code, as the build wrote it into the jar. */
final class CodeVersion {
  private CodeVersion() {}

  static String read() {
    try (InputStream in = CodeVersion.class.getResourceAsStream("/tidewatch-version.txt")) {
      if (in == null) {
        throw new IllegalStateException("not in the jar: tidewatch-version.txt");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
