package io.tidewatch.schemas.codec;

import io.tidewatch.schemas.reject.RejectReason;
import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The frame around each message in Avro, which is the wire format of Confluent's serialisers: a
 * zero byte, the id of the writer's schema in four bytes, the most significant first, then the
 * record in binary Avro and nothing after it.
 *
 * <p>{@code MALFORMED_AVRO} is whatever is not that: another first byte, a record that is cut off,
 * bytes after it, a length that is not there, a text that is not UTF-8, unknown fields nested
 * deeper than {@value AvroCursor#MAX_DEPTH}.
 *
 * <p>Nothing of Avro's library reads a message: it only parses schemas. No class is looked up by
 * any name that a schema or a message holds. Not for several threads.
 */
final class AvroMessage implements Serializable {
  private static final long serialVersionUID = 1;

  /** Zero byte and schema id. */
  static final int HEADER_BYTES = 5;

  private final int maxBytes;
  private final WriterRecords writers;

  AvroMessage(WriterSchemas schemas, int maxBytes, WriterRecords.Wanted wanted) {
    this.maxBytes = AdmittedBytes.checkedMax(maxBytes);
    this.writers = new WriterRecords(schemas, wanted);
  }

  /** Reads the record of one message; the cursor stands at its first byte. */
  @FunctionalInterface
  interface Body<T> {
    T read(AvroCursor in, WriterRecord writer) throws Refusal;
  }

  <T> Decoded<T> decode(byte @Nullable [] bytes, Body<T> body) {
    try {
      byte[] admitted = AdmittedBytes.of(bytes, maxBytes, "an Avro message");
      WriterRecord writer = writers.of(schemaId(admitted));
      AvroCursor in = new AvroCursor(admitted, HEADER_BYTES);
      T value = body.read(in, writer);
      in.requireEnd();
      return new Decoded.Ok<>(value);
    } catch (Refusal refusal) {
      return refusal.decoded();
    }
  }

  /**
   * Holds a schema against ours before any message comes.
   *
   * @throws IllegalArgumentException when no message of that schema could be read
   */
  static void requireReadable(String schema, List<ReaderField> wanted) {
    try {
      WriterRecord unused = WriterRecord.of(schema, wanted);
    } catch (Refusal refusal) {
      throw new IllegalArgumentException(refusal.detail(), refusal);
    }
  }

  private static int schemaId(byte[] bytes) throws Refusal {
    if (bytes[0] != 0) {
      throw malformed("must begin with 0x00 and a schema id, began with 0x%02X", bytes[0]);
    }
    if (bytes.length < HEADER_BYTES) {
      throw malformed("must begin with 0x00 and four bytes of schema id, had %d", bytes.length);
    }
    int id = 0;
    for (int i = 1; i < HEADER_BYTES; i++) {
      id = id << Byte.SIZE | (bytes[i] & 0xFF);
    }
    return id;
  }

  private static Refusal malformed(String detail, Number found) {
    return new Refusal(RejectReason.MALFORMED_AVRO, "value: " + detail.formatted(found));
  }
}
