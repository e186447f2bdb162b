package io.tidewatch.analytics.quantile;

import io.tidewatch.analytics.window.HeapBytes;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Quantiles of many non-negative values in little memory, mergeable: a DDSketch (C. Masson, J. E.
 * Rim, H. K. Lee, "DDSketch: a fast and fully-mergeable quantile sketch with relative-error
 * guarantees", PVLDB 12(12), 2019).
 *
 * <p>Guarantee. Let {@code x[0] ≤ … ≤ x[n-1]} be the values added. {@code quantile(q)} estimates
 * the lower order statistic {@code x[floor(q · (n-1))]}, the product in double arithmetic, and
 *
 * <ul>
 *   <li>{@code |estimate − exact| ≤ 0.01 · exact} where exact lies in {@link #LEAST_TRACKED} to
 *       {@link #GREATEST_TRACKED};
 *   <li>{@code estimate = 0} where exact is smaller, zero included;
 *   <li>{@code estimate ≥ 0.99 · GREATEST_TRACKED} and {@code ≤ max} where exact is greater;
 *   <li>{@code quantile(1)} is the greatest value, exact; so are {@link #count} and {@link #max}.
 * </ul>
 *
 * <p>Values beyond the tracked range are counted at its ends. So the bins never collapse: one
 * absurd value cannot spoil the estimates of the others, and a merge gives what one sketch of all
 * values would have given, in whatever order, bit for bit; subtracting what was added before gives
 * what would have been without it.
 *
 * <p>Memory: two bytes a value up to 128 of them, then four bytes a bin between the least and the
 * greatest value, at most 1977 bins (8 kB); a series between 1 ms and 10 s spans 465. Mutable, not
 * for use by several threads.
 *
 * <p>The bins are those of the DDSketch libraries; {@link LibrarySketches} converts.
 */
public final class QuantileSketch {

  /** One percent: below what two runs of the same service differ by, for 35 bins a doubling. */
  public static final double RELATIVE_ERROR = 0.01;

  /** In milliseconds one nanosecond, the finest a clock tells. Less counts as zero. */
  public static final double LEAST_TRACKED = 1e-6;

  /** In milliseconds about three years: no request takes longer. More counts as this much. */
  public static final double GREATEST_TRACKED = 1e11;

  /** Between the fastest and the slowest answer of an ordinary service, 1 ms and 10 s. */
  private static final int TYPICAL_SLOTS = slot(10_000) - slot(1) + 1;

  private final Bins bins;
  private long zeros;
  private double max;

  /** An empty sketch. */
  public QuantileSketch() {
    this(new Bins(), 0, 0);
  }

  /** Takes the bins over. */
  QuantileSketch(Bins bins, long zeros, double max) {
    this.bins = bins;
    this.zeros = zeros;
    this.max = max;
  }

  /**
   * Heap of a sketch of more values than a list holds: typically between 1 and 10,000 ms, at worst
   * of all that is tracked. More than {@link Integer#MAX_VALUE} values would double its bins.
   */
  static HeapBytes heapBytes() {
    return new HeapBytes(Bins.heapBytes(TYPICAL_SLOTS), Bins.heapBytes(CubicMapping.SLOTS))
        .plus(HeapBytes.ofObject(2 * Long.BYTES + HeapBytes.REFERENCE));
  }

  /** What a sketch has more once others were merged into it. */
  static HeapBytes heapBytesOfRoom() {
    return new HeapBytes(
        SlotCounts.heapBytesOfRoom(TYPICAL_SLOTS), SlotCounts.heapBytesOfRoom(CubicMapping.SLOTS));
  }

  /**
   * Adds one value.
   *
   * @throws IllegalArgumentException when it is negative, infinite or {@code NaN}; the sketch is as
   *     before
   */
  public void add(double value) {
    check(value);
    if (value < LEAST_TRACKED) {
      zeros++;
    } else {
      bins.add(slot(value));
    }
    if (value > max) {
      max = value;
    }
  }

  private static void check(double value) {
    if (!(value >= 0 && value < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("value: must be finite and ≥ 0, was " + value);
    }
  }

  /** The slot of a value that is not counted as zero. */
  static int slot(double value) {
    return CubicMapping.slot(value > GREATEST_TRACKED ? GREATEST_TRACKED : value);
  }

  /** Adds all values of another sketch, which stays as it is. */
  public void merge(QuantileSketch from) {
    zeros += from.zeros;
    bins.merge(from.bins == bins ? bins.copy() : from.bins);
    max = Math.max(max, from.max);
  }

  /**
   * Takes out the values of another sketch, all of which were added to this one before. The bins do
   * not tell which of the values left is the greatest, so it is to be told.
   *
   * @param greatestLeft the greatest of the values left; anything when there is none
   * @throws IllegalArgumentException when the part cannot have been added before
   */
  public void subtract(QuantileSketch part, double greatestLeft) {
    if (part.zeros > zeros || part.bins.total() > bins.total()) {
      throw new IllegalArgumentException(
          "part: must be of at most %d values, was of %d".formatted(count(), part.count()));
    }
    bins.subtract(part.bins);
    zeros -= part.zeros;
    max = count() == 0 ? 0 : greatestLeft;
  }

  /**
   * Takes out one value of the bin of this one. The greatest value is unknown then, {@link
   * #greatestOfBins}.
   *
   * @return whether there was one; if not, the sketch is as before
   * @throws IllegalArgumentException as {@link #add}
   */
  boolean takeOut(double value) {
    check(value);
    if (value >= LEAST_TRACKED) {
      return bins.takeOut(slot(value));
    }
    if (zeros == 0) {
      return false;
    }
    zeros--;
    return true;
  }

  /**
   * Takes out of both, bin by bin, what both have. The greatest values are unknown then, {@link
   * #greatestOfBins}.
   */
  void settle(QuantileSketch other) {
    long both = Math.min(zeros, other.zeros);
    zeros -= both;
    other.zeros -= both;
    bins.settle(other.bins);
  }

  /** How many values were added. */
  public long count() {
    return zeros + bins.total();
  }

  /** The greatest value, exact; {@code NaN} when empty. */
  public double max() {
    return count() == 0 ? Double.NaN : max;
  }

  /**
   * The estimate of a quantile; see the class for what it approximates and how closely.
   *
   * @param q 0 to 1
   * @return never above {@link #max}; {@code NaN} when empty
   * @throws IllegalArgumentException when q is outside 0 to 1 or {@code NaN}
   */
  public double quantile(double q) {
    return quantiles(q)[0];
  }

  /**
   * Several quantiles for the price of the greatest.
   *
   * @param ascending each 0 to 1, none below the one before
   * @return for each what {@link #quantile} says of it
   * @throws IllegalArgumentException when one is outside 0 to 1, or below the one before
   */
  public double[] quantiles(double... ascending) {
    long[] ranks = new long[ascending.length];
    long count = count();
    double before = 0;
    for (int i = 0; i < ranks.length; i++) {
      double q = ascending[i];
      if (!(q >= 0 && q <= 1)) {
        throw new IllegalArgumentException("q: must be 0 to 1, was " + q);
      }
      if (q < before) {
        throw new IllegalArgumentException("q: must be ≥ the one before, " + before + ", was " + q);
      }
      before = q;
      ranks[i] = count == 0 ? -1 : (long) (q * (count - 1)) - zeros;
    }
    int[] slots = bins.slotsAt(ranks);
    double[] values = new double[ranks.length];
    for (int i = 0; i < ranks.length; i++) {
      if (count == 0 || ascending[i] == 1) {
        values[i] = max();
      } else {
        values[i] = slots[i] < 0 ? 0 : Math.min(CubicMapping.value(slots[i]), max);
      }
    }
    return values;
  }

  /** An independent copy. */
  public QuantileSketch copy() {
    return new QuantileSketch(bins.copy(), zeros, max);
  }

  /** Versioned bytes; see {@link QuantileSketchCodec}. */
  public byte[] toBytes() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      new QuantileSketchCodec().write(this, new DataOutputStream(bytes));
    } catch (IOException impossible) {
      throw new AssertionError("writing to an array failed", impossible);
    }
    return bytes.toByteArray();
  }

  /**
   * Reads what {@link #toBytes} of any released version wrote. Memory is bounded whatever the bytes
   * say.
   *
   * @throws IOException when the version is unknown or the bytes are not a sketch
   */
  public static QuantileSketch fromBytes(byte[] bytes) throws IOException {
    if (bytes.length > 0 && bytes[0] == LibrarySketches.VERSION) {
      return LibrarySketches.readVersion1(bytes);
    }
    ByteArrayInputStream in = new ByteArrayInputStream(bytes);
    QuantileSketch read;
    try {
      read = new QuantileSketchCodec().read(new DataInputStream(in));
    } catch (EOFException truncated) {
      throw new IOException("quantile sketch: truncated at " + bytes.length + " bytes", truncated);
    }
    if (in.available() > 0) {
      throw new IOException(
          "quantile sketch: must end there, had %d bytes more".formatted(in.available()));
    }
    return read;
  }

  Bins bins() {
    return bins;
  }

  /** How many values counted as zero. */
  long zeros() {
    return zeros;
  }

  /** Sets what {@link #subtract} was not told. */
  void greatest(double value) {
    max = value;
  }

  /** Takes the value that stands for the last bin for the greatest one: within 1 % of it. */
  void greatestOfBins() {
    int last = bins.last();
    max = last < 0 ? 0 : Math.min(CubicMapping.value(last), GREATEST_TRACKED);
  }

  /** Whether it tells the same of any quantile. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof QuantileSketch that && Arrays.equals(toBytes(), that.toBytes());
  }

  @Override
  public int hashCode() {
    return Long.hashCode(count()) * 31 + Double.hashCode(max);
  }

  @Override
  public String toString() {
    return "QuantileSketch[n=%d p50=%s p99=%s max=%s]"
        .formatted(count(), quantile(0.5), quantile(0.99), max());
  }
}
