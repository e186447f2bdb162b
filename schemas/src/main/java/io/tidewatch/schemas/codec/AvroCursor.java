package io.tidewatch.schemas.codec;

import io.tidewatch.schemas.codec.WriterType.Kind;
import io.tidewatch.schemas.reject.RejectReason;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Reads binary Avro from the bytes of one message. Each length and count is held against the bytes
 * that are left before anything is read or made for it: time and memory are linear in the size of
 * the message.
 */
final class AvroCursor {
  /** The contracts need 1; the rest is room for unknown fields, which are skipped. */
  static final int MAX_DEPTH = 16;

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  /** Seven bits a byte; the tenth holds the last of 64. */
  private static final int LAST_SHIFT = 63;

  private final byte[] bytes;
  private int at;

  AvroCursor(byte[] bytes, int from) {
    this.bytes = bytes;
    this.at = from;
  }

  byte[] bytes() {
    return bytes;
  }

  /** Index of the next byte. */
  int position() {
    return at;
  }

  /** Goes back to where it was. */
  void moveTo(int position) {
    at = position;
  }

  void requireEnd() throws Refusal {
    if (at != bytes.length) {
      throw malformed("must end with the record, was followed by %d bytes", bytes.length - at);
    }
  }

  long readLong() throws Refusal {
    long bits = 0;
    for (int shift = 0; shift <= LAST_SHIFT; shift += 7) {
      if (at == bytes.length) {
        throw malformed("must go on after byte %d, was cut off", at);
      }
      byte next = bytes[at++];
      bits |= (next & 0x7FL) << shift;
      if (next >= 0) {
        if (shift == LAST_SHIFT && next > 1) {
          break;
        }
        return (bits >>> 1) ^ -(bits & 1);
      }
    }
    throw malformed("must have integers of 64 bits, was a longer one before byte %d", at);
  }

  int readInt() throws Refusal {
    long value = readLong();
    if (value != (int) value) {
      throw malformed("must have an integer of 32 bits before byte %d, was a longer one", at);
    }
    return (int) value;
  }

  float readFloat() throws Refusal {
    return Float.intBitsToFloat((int) INT.get(bytes, take(Float.BYTES)));
  }

  double readDouble() throws Refusal {
    return Double.longBitsToDouble((long) LONG.get(bytes, take(Double.BYTES)));
  }

  /** The length of bytes or a text, all of which are there; the cursor stands at the first. */
  int readLength() throws Refusal {
    long length = readLong();
    requireLeft(length);
    return (int) length;
  }

  /** Passes so many bytes; the index of the first. */
  int take(long count) throws Refusal {
    requireLeft(count);
    int from = at;
    at += (int) count;
    return from;
  }

  /** How many entries the next block of a map has; 0 at the end of the map. */
  long readEntries() throws Refusal {
    long count = readLong();
    if (count < 0) {
      requireLeft(readLong());
      count = -count;
    }
    // Each entry has a key, which takes a byte at least.
    requireLeft(count);
    return count;
  }

  /** The type of the value that follows: that itself, or the branch of the union that it is. */
  WriterType readBranch(WriterType type) throws Refusal {
    WriterType branch = type;
    while (branch.kind() == Kind.UNION) {
      int index = readInt();
      if (index < 0 || index >= branch.parts().length) {
        throw malformed("must have a branch of the union before byte %d, was another", at);
      }
      branch = branch.parts()[index];
    }
    return branch;
  }

  void skip(WriterType type) throws Refusal {
    skip(type, 1);
  }

  private void skip(WriterType declared, int depth) throws Refusal {
    WriterType type = readBranch(declared);
    switch (type.kind()) {
      case NULL -> {}
      case BOOLEAN -> take(1);
      case INT, LONG, ENUM -> readLong();
      case FLOAT -> take(Float.BYTES);
      case DOUBLE -> take(Double.BYTES);
      case BYTES, STRING -> take(readLong());
      case FIXED -> take(type.fixedBytes());
      case ARRAY -> skipBlocks(type, depth);
      case MAP -> skipBlocks(type, depth);
      case RECORD -> {
        requireShallow(depth);
        for (WriterType part : type.parts()) {
          skip(part, depth + 1);
        }
      }
      case UNION -> throw new IllegalStateException("a union is one of its branches");
    }
  }

  private void skipBlocks(WriterType type, int depth) throws Refusal {
    requireShallow(depth);
    boolean keys = type.kind() == Kind.MAP;
    for (long count = readLong(); count != 0; count = readLong()) {
      if (count < 0) {
        take(readLong());
      } else if (keys || !type.items().isZeroWidth()) {
        requireLeft(count);
        for (long i = 0; i < count; i++) {
          if (keys) {
            take(readLong());
          }
          skip(type.items(), depth + 1);
        }
      }
    }
  }

  private void requireShallow(int depth) throws Refusal {
    if (depth > MAX_DEPTH) {
      throw malformed("must not be nested deeper than %d levels, was", MAX_DEPTH);
    }
  }

  private void requireLeft(long count) throws Refusal {
    if (count < 0 || count > bytes.length - at) {
      throw new Refusal(
          RejectReason.MALFORMED_AVRO,
          "value: must have %d more bytes after byte %d, had %d"
              .formatted(count, at, bytes.length - at));
    }
  }

  private static Refusal malformed(String detail, int number) {
    return new Refusal(RejectReason.MALFORMED_AVRO, "value: " + detail.formatted(number));
  }
}
