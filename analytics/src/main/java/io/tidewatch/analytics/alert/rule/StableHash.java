package io.tidewatch.analytics.alert.rule;

import io.tidewatch.schemas.codec.Sha256;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/**
 * Names that are the same in each run: SHA-256 over texts, maps sorted by key (UTF-16 order) and
 * times, each text preceded by its length, so that no two things write the same bytes. Stored and
 * compared across releases: never change.
 */
public final class StableHash {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final DataOutputStream out = new DataOutputStream(bytes);

  /** Adds a text. */
  public StableHash text(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    return write(
        () -> {
          out.writeInt(utf8.length);
          out.write(utf8);
        });
  }

  /** Adds how many entries a map has, and each. */
  public StableHash texts(Map<String, String> texts) {
    write(() -> out.writeInt(texts.size()));
    new TreeMap<>(texts).forEach((key, value) -> text(key).text(value));
    return this;
  }

  /** Adds a time or a number. */
  public StableHash number(long number) {
    return write(() -> out.writeLong(number));
  }

  /** The first so many lower-case hex digits, at most 64. */
  public String hex(int digits) {
    return Sha256.hex(bytes.toByteArray()).substring(0, digits);
  }

  private interface Writing {
    void run() throws IOException;
  }

  private StableHash write(Writing writing) {
    try {
      writing.run();
    } catch (IOException impossible) {
      throw new AssertionError("writing to an array failed", impossible);
    }
    return this;
  }
}
