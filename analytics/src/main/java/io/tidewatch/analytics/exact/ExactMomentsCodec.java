package io.tidewatch.analytics.exact;

import io.tidewatch.analytics.window.Varint;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Bytes of one column of {@link ExactMoments}, but for its count: the sum, then that of the squares
 * where there is one. A sum is {@code 2 · length + negative} ({@link Varint}); unless the length is
 * 0, how many bytes its lowest one lies above those of the chunk {@link MomentCells#USUAL} of its
 * power (zigzag, Varint); then that many bytes, the highest first. Neither the first nor the last
 * is zero, so equal contents have equal bytes. Some hundred usual values take 12 and 20 bytes.
 */
public final class ExactMomentsCodec {

  private ExactMomentsCodec() {}

  /** Writes the sums of a column. */
  public static void write(ExactMoments moments, int column, DataOutput out) throws IOException {
    MomentCells cells = moments.cells();
    for (int power = 1; power <= cells.powers(); power++) {
      Magnitude sum = cells.magnitude(column, power, 0);
      int end = sum.bytes();
      int start = sum.zeroBytes();
      Varint.write(2L * (end - start) + (sum.isNegative() ? 1 : 0), out);
      if (end > start) {
        int above = start + Integer.BYTES * power * (cells.firstChunk() - MomentCells.USUAL);
        Varint.write((long) above << 1 ^ above >> 31, out);
        byte[] bytes = new byte[end - start];
        for (int i = 0; i < bytes.length; i++) {
          bytes[i] = (byte) sum.byteAt(end - 1 - i);
        }
        out.write(bytes);
      }
    }
  }

  /**
   * Reads the sums of a column that has none so far. Memory is bounded by that of {@link
   * ExactMoments} whatever the bytes say.
   *
   * @param count how many values they are of
   * @throws IOException when the bytes are not such sums
   */
  public static void read(DataInput in, ExactMoments moments, int column, long count)
      throws IOException {
    MomentCells cells = moments.cells();
    for (int power = 1; power <= cells.powers(); power++) {
      long bytesAChunk = (long) Integer.BYTES * power;
      long header = Varint.read(in);
      long length = header >>> 1;
      int sign = (header & 1) == 0 ? 1 : -1;
      boolean fits = length == 0 ? sign > 0 : count > 0 && (power == 1 || sign > 0);
      int start = 0;
      if (fits && length > 0) {
        long zigzag = Varint.read(in);
        long lowest = (zigzag >>> 1 ^ -(zigzag & 1)) + bytesAChunk * MomentCells.USUAL;
        fits =
            lowest >= 0
                && lowest < bytesAChunk * MomentCells.MAX_CHUNKS
                && length <= bytesAChunk * MomentCells.MAX_CHUNKS - lowest;
        start = (int) lowest;
      }
      byte[] bytes = new byte[fits ? (int) length : 0];
      in.readFully(bytes);
      for (int i = bytes.length - 1; fits && i >= 0; i--) {
        int next = bytes[bytes.length - 1 - i] & 0xFF;
        fits = next != 0 || (i > 0 && i < length - 1);
        cells.addByte(column, power, start + i, (long) sign * next);
      }
      if (!fits) {
        throw new IOException(
            "sum: must be of %d bytes at most and of %d values, was not, in column %d"
                .formatted(bytesAChunk * MomentCells.MAX_CHUNKS, count, column));
      }
    }
    cells.count(column, count);
  }
}
