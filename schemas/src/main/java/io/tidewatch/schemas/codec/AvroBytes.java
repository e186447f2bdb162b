package io.tidewatch.schemas.codec;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.jspecify.annotations.Nullable;

/** Writes the frame that {@link AvroMessage} describes, and what our schemas are made of. */
final class AvroBytes {
  /** Index of {@code null} in the unions of our schemas. */
  private static final int NULL = 0;

  private static final int VALUE = 1;

  private AvroBytes() {}

  /**
   * A schema of ours as JSON.
   *
   * @param name of its file
   */
  static String schema(String name) {
    try (InputStream in = AvroBytes.class.getResourceAsStream("/avro/" + name)) {
      if (in == null) {
        throw new IllegalStateException("not in the jar: avro/" + name);
      }
      return new String(in.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("avro/" + name, e);
    }
  }

  /** Writes the fields of one record. */
  @FunctionalInterface
  interface Fields {
    void write(BinaryEncoder avro) throws IOException;
  }

  /**
   * @param schemaId of the schema of ours in the registry or the configuration
   */
  static byte[] of(int schemaId, Fields fields) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
    bytes.write(0);
    bytes.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(schemaId).array());
    try {
      BinaryEncoder avro = EncoderFactory.get().directBinaryEncoder(bytes, null);
      fields.write(avro);
    } catch (IOException e) {
      throw new UncheckedIOException("memory does not fail", e);
    }
    return bytes.toByteArray();
  }

  static void writeOptional(BinaryEncoder avro, @Nullable String text) throws IOException {
    if (text == null) {
      avro.writeIndex(NULL);
    } else {
      avro.writeIndex(VALUE);
      avro.writeString(text);
    }
  }

  /** Writes {@code NaN} as null. */
  static void writeOptional(BinaryEncoder avro, double value) throws IOException {
    if (startOptional(avro, !Double.isNaN(value))) {
      avro.writeDouble(value);
    }
  }

  /** Says whether there is a value, which then has to follow. */
  static boolean startOptional(BinaryEncoder avro, boolean present) throws IOException {
    avro.writeIndex(present ? VALUE : NULL);
    return present;
  }

  /** Writes a map of texts by key, so that equal maps have equal bytes. */
  static void writeTexts(BinaryEncoder avro, Map<String, String> texts) throws IOException {
    avro.writeMapStart();
    avro.setItemCount(texts.size());
    for (Map.Entry<String, String> text : new TreeMap<>(texts).entrySet()) {
      avro.startItem();
      avro.writeString(text.getKey());
      avro.writeString(text.getValue());
    }
    avro.writeMapEnd();
  }
}
