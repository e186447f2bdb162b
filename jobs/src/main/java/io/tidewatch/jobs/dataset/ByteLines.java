package io.tidewatch.jobs.dataset;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The lines of a file as bytes, so that what is not UTF-8 can be refused. */
final class ByteLines implements AutoCloseable {
  /** More than a message may have; what is longer is cut here and refused there. */
  private static final int MOST_BYTES = (1 << 20) + 1;

  private static final int BUFFER = 1 << 16;

  private final InputStream in;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();

  ByteLines(InputStream in) {
    this.in = new BufferedInputStream(in, BUFFER);
  }

  /** The next line without its end; null when there is none. */
  byte @Nullable [] next() throws IOException {
    line.reset();
    int next = in.read();
    if (next < 0) {
      return null;
    }
    for (; next >= 0 && next != '\n'; next = in.read()) {
      if (line.size() < MOST_BYTES) {
        line.write(next);
      }
    }
    byte[] bytes = line.toByteArray();
    return bytes.length > 0 && bytes[bytes.length - 1] == '\r'
        ? Arrays.copyOf(bytes, bytes.length - 1)
        : bytes;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
