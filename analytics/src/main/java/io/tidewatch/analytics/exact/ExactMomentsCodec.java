package io.tidewatch.analytics.exact;

import io.tidewatch.analytics.window.Varint;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

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
   * Reads the sums of one column that has none so far.
   *
   * @param count how many values they are of
   * @throws IOException when the bytes are not such sums
   */
  public static void read(DataInput in, ExactMoments moments, int column, long count)
      throws IOException {
    Columns columns = new Columns(moments);
    columns.read(in, column, count);
    columns.end();
  }

  /**
   * Reads the sums of columns that have none so far. Memory is bounded by that of {@link
   * ExactMoments} whatever the bytes say, also while they are read: sums outside of the chunks that
   * there are wait for the end, when room for all of them is made at once.
   */
  public static final class Columns {
    private final MomentCells cells;
    private final List<Sum> waiting = new ArrayList<>();
    private int first;
    private int end;

    /** The bytes of a sum, the highest first, the last at that index. */
    private record Sum(int column, int power, int lowest, byte[] bytes, int sign) {
      int firstChunk() {
        return lowest / Integer.BYTES / power;
      }

      int endChunk() {
        return (lowest + bytes.length - 1) / Integer.BYTES / power + 1;
      }
    }

    /**
     * @param into has the columns
     */
    public Columns(ExactMoments into) {
      cells = into.cells();
      first = cells.firstChunk();
      end = cells.endChunk();
    }

    /**
     * Reads the sums of a column.
     *
     * @param count how many values they are of
     * @throws IOException when the bytes are not such sums
     */
    public void read(DataInput in, int column, long count) throws IOException {
      for (int power = 1; power <= cells.powers(); power++) {
        Sum sum = sum(in, column, power, count);
        if (sum.firstChunk() >= cells.firstChunk() && sum.endChunk() <= cells.endChunk()) {
          add(sum);
        } else {
          first = Math.min(first, sum.firstChunk());
          end = Math.max(end, sum.endChunk());
          waiting.add(sum);
        }
      }
      cells.count(column, count);
    }

    private static Sum sum(DataInput in, int column, int power, long count) throws IOException {
      long most = (long) Integer.BYTES * power * MomentCells.MAX_CHUNKS;
      long header = Varint.read(in);
      long length = header >>> 1;
      int sign = (header & 1) == 0 ? 1 : -1;
      boolean fits = length == 0 ? sign > 0 : count > 0 && (power == 1 || sign > 0);
      long lowest = (long) Integer.BYTES * power * MomentCells.USUAL;
      if (fits && length > 0) {
        long zigzag = Varint.read(in);
        lowest += zigzag >>> 1 ^ -(zigzag & 1);
        fits = lowest >= 0 && lowest < most && length <= most - lowest;
      }
      byte[] bytes = new byte[fits ? (int) length : 0];
      in.readFully(bytes);
      if (!fits || (length > 0 && (bytes[0] == 0 || bytes[bytes.length - 1] == 0))) {
        throw new IOException(
            "sum: must be of %d bytes at most and of %d values, was not, in column %d"
                .formatted(most, count, column));
      }
      return new Sum(column, power, (int) lowest, bytes, sign);
    }

    /** Adds what waited. */
    public void end() {
      cells.cover(first, end);
      waiting.forEach(this::add);
    }

    private void add(Sum sum) {
      byte[] bytes = sum.bytes();
      for (int i = 0; i < bytes.length; i++) {
        int index = sum.lowest() + bytes.length - 1 - i;
        cells.addByte(sum.column(), sum.power(), index, (long) sum.sign() * (bytes[i] & 0xFF));
      }
    }
  }
}
