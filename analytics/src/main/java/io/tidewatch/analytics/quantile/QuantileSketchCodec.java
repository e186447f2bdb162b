package io.tidewatch.analytics.quantile;

import io.tidewatch.analytics.window.AccumulatorCodec;
import io.tidewatch.analytics.window.Varint;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Bytes of a {@link QuantileSketch}. Version 2: the byte 2, then as {@link Varint}s how many values
 * count as zero, how many bins hold a value, and for each of these in ascending order {@code 4 ·
 * gap + c}, where gap is how many bins lie between it and the one before and c is its count, or 0
 * when that is above 3 and follows less 4; at last the greatest value (64-bit double, big-endian),
 * unless the sketch is empty. Most bins take one byte. Bin 0 holds {@link
 * QuantileSketch#LEAST_TRACKED}.
 *
 * <p>Version 1, which {@link QuantileSketch#fromBytes} still reads, is the library's encoding. It
 * does not say where it ends, so it cannot be read from a stream.
 */
final class QuantileSketchCodec implements AccumulatorCodec<QuantileSketch> {
  private static final long serialVersionUID = 1;

  private static final int VERSION = 2;

  private static final int COUNT_BITS = 2;
  private static final int SHORT_COUNTS = 1 << COUNT_BITS;

  /** Two bytes for the gap, and nine for the count. */
  private static final int LONGEST_BIN = 11;

  @Override
  public void write(QuantileSketch sketch, DataOutput out) throws IOException {
    SlotCounts bins = sketch.bins().ordered();
    byte[] tokens = new byte[(int) Math.min(bins.total(), bins.length()) * LONGEST_BIN];
    int filled = 0;
    int end = 0;
    int free = 0;
    for (int slot = bins.next(0); slot >= 0; slot = bins.next(free)) {
      long count = bins.count(slot);
      long gap = (long) (slot - free) << COUNT_BITS;
      if (count < SHORT_COUNTS) {
        end = Varint.write(gap + count, tokens, end);
      } else {
        end = Varint.write(gap, tokens, end);
        end = Varint.write(count - SHORT_COUNTS, tokens, end);
      }
      filled++;
      free = slot + 1;
    }
    out.writeByte(VERSION);
    Varint.write(sketch.zeros(), out);
    Varint.write(filled, out);
    out.write(tokens, 0, end);
    if (sketch.count() > 0) {
      out.writeDouble(sketch.max());
    }
  }

  @Override
  public QuantileSketch read(DataInput in) throws IOException {
    int version = in.readUnsignedByte();
    if (version != VERSION) {
      throw new IOException("quantile sketch: version must be 1 or 2, was " + version);
    }
    long zeros = Varint.read(in);
    long filled = Varint.read(in);
    if (zeros < 0 || filled < 0 || filled > CubicMapping.SLOTS) {
      throw new IOException(
          "quantile sketch: must be of at most %d bins, was of %d and %d zeros"
              .formatted(CubicMapping.SLOTS, filled, zeros));
    }
    int[] slots = new int[(int) filled];
    long[] howMany = new long[slots.length];
    long total = 0;
    int free = 0;
    for (int i = 0; i < slots.length; i++) {
      long token = Varint.read(in);
      long slot = free + (token >>> COUNT_BITS);
      long count = token & (SHORT_COUNTS - 1);
      if (count == 0) {
        count = Varint.read(in) + SHORT_COUNTS;
      }
      if (slot >= CubicMapping.SLOTS || count < 1 || count > Long.MAX_VALUE - zeros - total) {
        throw new IOException(
            "quantile sketch: not a bin: slot %d, count %d".formatted(slot, count));
      }
      slots[i] = (int) slot;
      howMany[i] = count;
      total += count;
      free = (int) slot + 1;
    }
    double max = zeros + total == 0 ? 0 : in.readDouble();
    return checked(new QuantileSketch(Bins.of(slots, howMany), zeros, max));
  }

  /**
   * @throws IOException when the greatest value does not lie in the last bin
   */
  static QuantileSketch checked(QuantileSketch sketch) throws IOException {
    double max = sketch.count() == 0 ? 0 : sketch.max();
    int last = sketch.bins().last();
    boolean fits =
        last < 0
            ? max >= 0 && max < QuantileSketch.LEAST_TRACKED
            : max >= QuantileSketch.LEAST_TRACKED
                && max < Double.POSITIVE_INFINITY
                && QuantileSketch.slot(max) == last;
    if (!fits) {
      throw new IOException(
          "quantile sketch: max %s does not fit the bins of %d values"
              .formatted(max, sketch.count()));
    }
    return sketch;
  }

  @Override
  public QuantileSketch copy(QuantileSketch sketch) {
    return sketch.copy();
  }
}
