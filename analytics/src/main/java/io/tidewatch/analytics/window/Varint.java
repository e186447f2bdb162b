package io.tidewatch.analytics.window;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Bytes of a whole number that is mostly small: seven bits a byte, the lowest first, the highest
 * bit set when more follow. A negative number takes ten.
 */
public final class Varint {

  private Varint() {}

  /** Writes one to ten bytes. */
  public static void write(long value, DataOutput out) throws IOException {
    long left = value;
    while (left >>> 7 != 0) {
      out.writeByte((int) (left & 0x7F) | 0x80);
      left >>>= 7;
    }
    out.writeByte((int) left);
  }

  /**
   * Writes one to ten bytes into an array.
   *
   * @return where the next ones go
   */
  public static int write(long value, byte[] into, int from) {
    int at = from;
    long left = value;
    while (left >>> 7 != 0) {
      into[at++] = (byte) ((left & 0x7F) | 0x80);
      left >>>= 7;
    }
    into[at++] = (byte) left;
    return at;
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws IOException when it does not end within ten bytes
   */
  public static long read(DataInput in) throws IOException {
    long value = 0;
    for (int shift = 0; shift < Long.SIZE; shift += 7) {
      int next = in.readUnsignedByte();
      value |= (long) (next & 0x7F) << shift;
      if (next < 0x80) {
        return value;
      }
    }
    throw new IOException("number: must end within ten bytes");
  }
}
