package io.tidewatch.analytics.quantile;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The bytes of a sketch in a latency row: the DDSketch encoding of DataDog's libraries ({@code
 * com.datadoghq.sketch.ddsketch.encoding} of sketches-java, and its kin in other languages), which
 * they decode without knowing this project. In this order:
 *
 * <ol>
 *   <li>mapping, 17 bytes: flag of the cubic logarithm, γ, offset 0 (doubles, little-endian)
 *   <li>the greatest value: flag, double; the libraries' plain DDSketch skips it
 *   <li>how many values count as zero: flag, number; left out when none does
 *   <li>the bins: flag, how many, and for each in ascending order how far its index is above the
 *       one before (the first: above 0) and its count; left out when there is none
 * </ol>
 *
 * Indexes are zig-zag varints and counts the libraries' varfloat64: one byte for 1, 2 or 3, nine at
 * most. Counts from 2⁵³ on lose their last bits.
 *
 * <p>Each part begins with its flag, and a part that comes again adds to what came before: the
 * bytes of several sketches one behind the other are the bytes of all their values. {@link #merge}
 * relies on it, and so may SQL, with {@code string_agg(sketch, '')}.
 */
public final class StoredSketches {
  /** Flags: the kind of part in the lower two bits. */
  private static final int CUBIC_MAPPING = 3 << 2 | 2;

  private static final int MAX = 0x23 << 2;
  private static final int ZEROS = 1 << 2;
  private static final int BINS = 1 << 2 | 1;

  /**
   * What the libraries compute slots a doubling from, and what they compare: (1 + α) / (1 − α) to
   * the power of 10/7 · ln 2. Written out because a power may differ in its last bit from JVM to
   * JVM.
   */
  private static final double GAMMA = 1.0200022828058626;

  private static final long BITS_OF_ONE = 0x3FF0_0000_0000_0000L;
  private static final int LONGEST_VAR = 9;
  private static final int SPARE_BITS = 6;

  private StoredSketches() {}

  /** The bytes of a sketch. */
  public static byte[] encode(QuantileSketch sketch) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(256);
    out.write(CUBIC_MAPPING);
    writeDouble(GAMMA, out);
    writeDouble(0, out);
    if (sketch.count() > 0) {
      out.write(MAX);
      writeDouble(sketch.max(), out);
    }
    if (sketch.zeros() > 0) {
      out.write(ZEROS);
      writeCount(sketch.zeros(), out);
    }
    SlotCounts bins = sketch.bins().ordered();
    if (bins.total() > 0) {
      out.write(BINS);
      writeBins(bins, out);
    }
    return out.toByteArray();
  }

  private static void writeBins(SlotCounts bins, ByteArrayOutputStream out) {
    int filled = 0;
    for (int slot = bins.next(0); slot >= 0; slot = bins.next(slot + 1)) {
      filled++;
    }
    writeVar(filled, out);
    int before = -CubicMapping.FIRST_INDEX;
    for (int slot = bins.next(0); slot >= 0; slot = bins.next(slot + 1)) {
      int above = slot - before;
      writeVar(((long) above << 1) ^ (above >> 31), out);
      writeCount(bins.count(slot), out);
      before = slot;
    }
  }

  /**
   * The sketch of all values of several rows.
   *
   * @param rows what {@link #encode} wrote, each once
   * @throws IOException when one is something else
   */
  public static QuantileSketch merge(Iterable<byte[]> rows) throws IOException {
    QuantileSketch merged = new QuantileSketch();
    for (byte[] row : rows) {
      merged.merge(decode(row));
    }
    return merged;
  }

  /**
   * Reads what {@link #encode} wrote, also several one behind the other. Memory is bounded whatever
   * the bytes say.
   *
   * @throws IOException when the bytes are not a sketch, or of a mapping or kind that is not
   *     written here
   */
  public static QuantileSketch decode(byte[] bytes) throws IOException {
    ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    Bins bins = new Bins();
    long zeros = 0;
    double max = 0;
    boolean mapped = false;
    try {
      while (in.hasRemaining()) {
        int flag = in.get() & 0xFF;
        switch (flag) {
          case CUBIC_MAPPING -> {
            readMapping(in);
            mapped = true;
          }
          case MAX -> max = Math.max(max, in.getDouble());
          case ZEROS -> zeros = Math.addExact(zeros, readCount(in));
          case BINS -> readBins(in, bins);
          default -> throw new IOException("stored sketch: unknown flag " + flag);
        }
      }
    } catch (BufferUnderflowException truncated) {
      throw new IOException("stored sketch: truncated at " + bytes.length + " bytes", truncated);
    } catch (ArithmeticException tooMany) {
      throw new IOException("stored sketch: more values than a long counts", tooMany);
    }
    if (!mapped || zeros > Long.MAX_VALUE - bins.total()) {
      throw new IOException("stored sketch: must say its mapping, and count in a long");
    }
    return QuantileSketchCodec.checked(new QuantileSketch(bins, zeros, max));
  }

  private static void readMapping(ByteBuffer in) throws IOException {
    double gamma = in.getDouble();
    double offset = in.getDouble();
    if (gamma != GAMMA || offset != 0) {
      throw new IOException(
          "stored sketch: mapping must be of gamma %s, offset 0, was of %s, %s"
              .formatted(GAMMA, gamma, offset));
    }
  }

  private static void readBins(ByteBuffer in, Bins bins) throws IOException {
    long filled = readVar(in);
    if (filled < 0 || filled > CubicMapping.SLOTS) {
      throw new IOException(
          "stored sketch: must be of at most %d bins, was of %d"
              .formatted(CubicMapping.SLOTS, filled));
    }
    long slot = -CubicMapping.FIRST_INDEX;
    for (int i = 0; i < filled; i++) {
      long zigZag = readVar(in);
      slot += (zigZag >>> 1) ^ -(zigZag & 1);
      long count = readCount(in);
      if (slot < 0 || slot >= CubicMapping.SLOTS) {
        throw new IOException("stored sketch: not a bin: slot %d".formatted(slot));
      }
      if (count > Long.MAX_VALUE - bins.total()) {
        throw new ArithmeticException("bins");
      }
      bins.add((int) slot, count);
    }
  }

  private static void writeDouble(double value, ByteArrayOutputStream out) {
    writeLong(Double.doubleToRawLongBits(value), out);
  }

  private static void writeLong(long bits, ByteArrayOutputStream out) {
    for (int shift = 0; shift < Long.SIZE; shift += Byte.SIZE) {
      out.write((int) (bits >>> shift));
    }
  }

  /** Seven bits a byte, the lowest first. */
  private static void writeVar(long value, ByteArrayOutputStream out) {
    long left = value;
    while (left >>> 7 != 0) {
      out.write((int) left | 0x80);
      left >>>= 7;
    }
    out.write((int) left);
  }

  private static long readVar(ByteBuffer in) throws IOException {
    long value = 0;
    for (int i = 0; i < LONGEST_VAR; i++) {
      byte next = in.get();
      value |= (next & 0x7FL) << (7 * i);
      if (next >= 0) {
        return value;
      }
    }
    throw new IOException("stored sketch: an index must end within nine bytes");
  }

  /** Seven bits a byte, the highest first, of the count plus one as a double less one. */
  private static void writeCount(long count, ByteArrayOutputStream out) {
    long bits = Long.rotateLeft(Double.doubleToRawLongBits(count + 1.0) - BITS_OF_ONE, SPARE_BITS);
    for (int i = 1; i < LONGEST_VAR; i++) {
      int next = (int) (bits >>> (Long.SIZE - 7));
      bits <<= 7;
      if (bits == 0) {
        out.write(next);
        return;
      }
      out.write(next | 0x80);
    }
    out.write((int) (bits >>> (Long.SIZE - Byte.SIZE)));
  }

  private static long readCount(ByteBuffer in) throws IOException {
    long bits = 0;
    byte next = (byte) 0x80;
    int shift = Long.SIZE - 7;
    for (int i = 1; i < LONGEST_VAR && next < 0; i++) {
      next = in.get();
      bits |= (next & 0x7FL) << shift;
      shift -= 7;
    }
    if (next < 0) {
      bits |= in.get() & 0xFFL;
    }
    double count = Double.longBitsToDouble(Long.rotateRight(bits, SPARE_BITS) + BITS_OF_ONE) - 1;
    if (!(count >= 1 && count < Long.MAX_VALUE && count == Math.rint(count))) {
      throw new IOException("stored sketch: a count must be whole and ≥ 1, was " + count);
    }
    return (long) count;
  }
}
