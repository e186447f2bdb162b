package io.tidewatch.analytics.quantile;

import com.datadoghq.sketch.ddsketch.DDSketch;
import com.datadoghq.sketch.ddsketch.encoding.ByteArrayInput;
import com.datadoghq.sketch.ddsketch.encoding.GrowingByteArrayOutput;
import com.datadoghq.sketch.ddsketch.mapping.CubicallyInterpolatedMapping;
import com.datadoghq.sketch.ddsketch.mapping.IndexMapping;
import com.datadoghq.sketch.ddsketch.store.Bin;
import com.datadoghq.sketch.ddsketch.store.CollapsingLowestDenseStore;
import com.datadoghq.sketch.ddsketch.store.Store;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Iterator;

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
 * values would have given, in whatever order, bit for bit.
 *
 * <p>Memory: 8 bytes a bin between the least and the greatest value, at most {@value #MAX_BINS}
 * bins (16 kB); a series between 1 ms and 10 s spans 465. Mutable, not for use by several threads.
 */
public final class QuantileSketch {

  /** One percent: below what two runs of the same service differ by, for 35 bins a doubling. */
  public static final double RELATIVE_ERROR = 0.01;

  /** In milliseconds one nanosecond, the finest a clock tells. Less counts as zero. */
  public static final double LEAST_TRACKED = 1e-6;

  /** In milliseconds about three years: no request takes longer. More counts as this much. */
  public static final double GREATEST_TRACKED = 1e11;

  /**
   * Between two bins lies a factor γ = (1 + α) / (1 − α) = 1.0202; the tracked range spans ln(1e17)
   * / ln γ = 1957 of them, and 1 % more with the cubic mapping. 1 µs to 1 day, the range of real
   * durations, spans 1259.
   */
  static final int MAX_BINS = 2048;

  private static final int VERSION = 1;

  /** Version byte, count and max. */
  private static final int HEADER_BYTES = 1 + Long.BYTES + Double.BYTES;

  /** Bit arithmetic instead of a logarithm: as exact, faster, and the same on every JVM. */
  private static final IndexMapping MAPPING = new CubicallyInterpolatedMapping(RELATIVE_ERROR);

  private final DDSketch sketch;
  private long count;
  private double max;

  /** An empty sketch. */
  public QuantileSketch() {
    this(new DDSketch(MAPPING, () -> new CollapsingLowestDenseStore(MAX_BINS)), 0, 0);
  }

  private QuantileSketch(DDSketch sketch, long count, double max) {
    this.sketch = sketch;
    this.count = count;
    this.max = max;
  }

  /**
   * Adds one value.
   *
   * @throws IllegalArgumentException when it is negative, infinite or {@code NaN}; the sketch is as
   *     before
   */
  public void add(double value) {
    if (!(value >= 0 && value < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("value: must be finite and ≥ 0, was " + value);
    }
    sketch.accept(tracked(value));
    count++;
    max = Math.max(max, value);
  }

  /** Adds all values of another sketch, which stays as it is. */
  public void merge(QuantileSketch from) {
    // The library iterates over the other's bins while it adds to its own.
    sketch.mergeWith(from == this ? from.sketch.copy() : from.sketch);
    count += from.count;
    max = Math.max(max, from.max);
  }

  /** How many values were added. */
  public long count() {
    return count;
  }

  /** The greatest value, exact; {@code NaN} when empty. */
  public double max() {
    return count == 0 ? Double.NaN : max;
  }

  /**
   * The estimate of a quantile; see the class for what it approximates and how closely.
   *
   * @param q 0 to 1
   * @return never above {@link #max}; {@code NaN} when empty
   * @throws IllegalArgumentException when q is outside 0 to 1 or {@code NaN}
   */
  public double quantile(double q) {
    if (!(q >= 0 && q <= 1)) {
      throw new IllegalArgumentException("q: must be 0 to 1, was " + q);
    }
    if (count == 0 || q == 1) {
      return max();
    }
    return Math.min(sketch.getValueAtQuantile(q), max);
  }

  /** An independent copy. */
  public QuantileSketch copy() {
    return new QuantileSketch(sketch.copy(), count, max);
  }

  /**
   * Versioned bytes. Version 1: the byte 1, count (64 bits), max (64-bit double), both big-endian,
   * then the bins as the library encodes them, without the mapping, which the version implies.
   */
  public byte[] toBytes() {
    GrowingByteArrayOutput bins = GrowingByteArrayOutput.withDefaultInitialCapacity();
    try {
      sketch.encode(bins, true);
    } catch (IOException impossible) {
      throw new AssertionError("writing to an array failed", impossible);
    }
    return ByteBuffer.allocate(HEADER_BYTES + bins.numWrittenBytes())
        .put((byte) VERSION)
        .putLong(count)
        .putDouble(max)
        .put(bins.backingArray(), 0, bins.numWrittenBytes())
        .array();
  }

  /**
   * Reads what {@link #toBytes} of any released version wrote. Memory is bounded whatever the bytes
   * say.
   *
   * @throws IOException when the version is unknown or the bytes are not a sketch
   */
  public static QuantileSketch fromBytes(byte[] bytes) throws IOException {
    if (bytes.length < HEADER_BYTES) {
      throw new IOException("quantile sketch: truncated at " + bytes.length + " bytes");
    }
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    int version = buffer.get();
    if (version != VERSION) {
      throw new IOException("quantile sketch: version must be 1, was " + version);
    }
    QuantileSketch read =
        new QuantileSketch(new QuantileSketch().sketch, buffer.getLong(), buffer.getDouble());
    read.readBins(ByteArrayInput.wrap(bytes, buffer.position(), buffer.remaining()));
    read.check();
    return read;
  }

  private void readBins(ByteArrayInput bins) throws IOException {
    try {
      sketch.decodeAndMergeWith(bins);
    } catch (IOException
        | IllegalArgumentException
        | IllegalStateException
        | ArithmeticException
        | IndexOutOfBoundsException
        | NegativeArraySizeException
        | UnsupportedOperationException notBins) {
      // What the library throws on bytes that it did not write.
      throw new IOException("quantile sketch: bins cannot be read", notBins);
    }
  }

  private void check() throws IOException {
    double counted = sketch.getCount();
    Store bins = sketch.getPositiveValueStore();
    if (count < 0 || counted != count || !sketch.getNegativeValueStore().isEmpty()) {
      throw new IOException(
          "quantile sketch: bins must hold %d values ≥ 0, held %s".formatted(count, counted));
    }
    double inBins = 0;
    for (Iterator<Bin> each = bins.getAscendingIterator(); each.hasNext(); ) {
      double inBin = each.next().getCount();
      if (!(inBin > 0) || inBin != Math.rint(inBin)) {
        throw new IOException("quantile sketch: a bin must hold whole values, held " + inBin);
      }
      inBins += inBin;
    }
    double zeros = counted - inBins;
    boolean maxFits =
        bins.isEmpty()
            ? max >= 0 && max < LEAST_TRACKED
            : max < Double.POSITIVE_INFINITY
                && MAPPING.index(tracked(max)) == bins.getMaxIndex()
                && bins.getMinIndex() >= MAPPING.index(LEAST_TRACKED);
    if (zeros < 0 || zeros != Math.rint(zeros) || !maxFits) {
      throw new IOException(
          "quantile sketch: max %s does not fit the bins of %s values".formatted(max, counted));
    }
  }

  private static double tracked(double value) {
    return value < LEAST_TRACKED ? 0 : Math.min(value, GREATEST_TRACKED);
  }

  @Override
  public String toString() {
    return "QuantileSketch[n=%d p50=%s p99=%s max=%s]"
        .formatted(count, quantile(0.5), quantile(0.99), max());
  }
}
