package io.tidewatch.schemas.codec;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Well-formed UTF-8 as in table 3-7 of the Unicode Standard: no overlong forms, no surrogates,
 * nothing above U+10FFFF. A JSON parser is more lenient, and looks into skipped text not at all.
 */
final class Utf8 {
  private static final VarHandle EIGHT_BYTES =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
  private static final long NOT_ASCII = 0x8080808080808080L;

  private Utf8() {}

  /** Index of the first byte that does not belong to well-formed UTF-8; -1 when there is none. */
  static int firstInvalid(byte[] bytes) {
    return firstInvalid(bytes, 0, bytes.length);
  }

  /** The same of the bytes before {@code end}, from {@code from} on. */
  static int firstInvalid(byte[] bytes, int from, int end) {
    int i = from;
    while (i < end) {
      if (i <= end - Long.BYTES && ((long) EIGHT_BYTES.get(bytes, i) & NOT_ASCII) == 0) {
        i += Long.BYTES;
        continue;
      }
      int length = sequenceLength(bytes, i, end);
      if (length == 0) {
        return i;
      }
      i += length;
    }
    return -1;
  }

  /** Bytes of the character that begins at {@code at}; 0 when it is not well-formed. */
  private static int sequenceLength(byte[] bytes, int at, int end) {
    int lead = bytes[at] & 0xFF;
    if (lead < 0x80) {
      return 1;
    }
    if (lead < 0xC2 || lead > 0xF4) {
      return 0;
    }
    int length = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    int leastSecond = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
    int greatestSecond = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
    if (!isWithin(bytes, at + 1, end, leastSecond, greatestSecond)) {
      return 0;
    }
    for (int i = at + 2; i < at + length; i++) {
      if (!isWithin(bytes, i, end, 0x80, 0xBF)) {
        return 0;
      }
    }
    return length;
  }

  private static boolean isWithin(byte[] bytes, int at, int end, int least, int greatest) {
    return at < end && (bytes[at] & 0xFF) >= least && (bytes[at] & 0xFF) <= greatest;
  }
}
