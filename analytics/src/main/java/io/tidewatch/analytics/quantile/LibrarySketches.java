package io.tidewatch.analytics.quantile;

import com.datadoghq.sketch.ddsketch.DDSketch;
import com.datadoghq.sketch.ddsketch.encoding.ByteArrayInput;
import com.datadoghq.sketch.ddsketch.mapping.CubicallyInterpolatedMapping;
import com.datadoghq.sketch.ddsketch.mapping.IndexMapping;
import com.datadoghq.sketch.ddsketch.store.Bin;
import com.datadoghq.sketch.ddsketch.store.CollapsingLowestDenseStore;
import com.datadoghq.sketch.ddsketch.store.Store;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Iterator;

/**
 * A {@link QuantileSketch} as a DDSketch of the library {@code sketches-java} and back: for readers
 * that know that library, and its kin in other languages, but not this project. Both have the same
 * bins; their quantiles agree but for the rounding of a double, and where this one bounds them by
 * the greatest value.
 */
public final class LibrarySketches {

  /** Version of {@link QuantileSketch#toBytes} that held the bins as the library encodes them. */
  static final int VERSION = 1;

  /** Version byte, count and max. */
  private static final int HEADER_BYTES = 1 + Long.BYTES + Double.BYTES;

  /** More than the tracked range has, so that none collapse. */
  private static final int MAX_BINS = 2048;

  private static final IndexMapping MAPPING =
      new CubicallyInterpolatedMapping(QuantileSketch.RELATIVE_ERROR);

  private LibrarySketches() {}

  /** A sketch of the library with the same bins. */
  public static DDSketch toLibrary(QuantileSketch sketch) {
    Store positive = store();
    SlotCounts bins = sketch.bins().ordered();
    for (int slot = bins.next(0); slot >= 0; slot = bins.next(slot + 1)) {
      positive.add(slot + CubicMapping.FIRST_INDEX, (double) bins.count(slot));
    }
    return DDSketch.of(MAPPING, store(), positive, (double) sketch.zeros());
  }

  /**
   * A sketch with the bins of one of the library. The greatest value, which that does not keep, is
   * taken from the last bin, and so has the relative error of a quantile.
   *
   * @throws IOException when it is of another mapping, or holds values that are negative, fewer
   *     than whole, or beyond the tracked range
   */
  public static QuantileSketch fromLibrary(DDSketch library) throws IOException {
    if (!library.getIndexMapping().equals(MAPPING)) {
      throw new IOException(
          "quantile sketch: mapping must be " + MAPPING + ", was " + library.getIndexMapping());
    }
    QuantileSketch sketch = binsOf(library);
    sketch.greatestOfBins();
    return QuantileSketchCodec.checked(sketch);
  }

  /** Reads bytes of version 1. */
  static QuantileSketch readVersion1(byte[] bytes) throws IOException {
    if (bytes.length < HEADER_BYTES) {
      throw new IOException("quantile sketch: truncated at " + bytes.length + " bytes");
    }
    if (bytes[0] != VERSION) {
      throw new IOException("quantile sketch: version must be 1 there, was " + bytes[0]);
    }
    ByteBuffer header = ByteBuffer.wrap(bytes, 1, HEADER_BYTES - 1);
    long count = header.getLong();
    double max = header.getDouble();
    DDSketch library = new DDSketch(MAPPING, LibrarySketches::store);
    try {
      library.decodeAndMergeWith(
          ByteArrayInput.wrap(bytes, HEADER_BYTES, bytes.length - HEADER_BYTES));
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
    QuantileSketch sketch = binsOf(library);
    if (sketch.count() != count) {
      throw new IOException(
          "quantile sketch: bins must hold %d values ≥ 0, held %s"
              .formatted(count, sketch.count()));
    }
    sketch.greatest(max);
    return QuantileSketchCodec.checked(sketch);
  }

  private static QuantileSketch binsOf(DDSketch library) throws IOException {
    double zeros = library.getCount();
    if (!(zeros == 0 || isWhole(zeros)) || !library.getNegativeValueStore().isEmpty()) {
      throw new IOException("quantile sketch: must hold whole values ≥ 0, held " + zeros);
    }
    Bins bins = new Bins();
    Iterator<Bin> each = library.getPositiveValueStore().getAscendingIterator();
    while (each.hasNext()) {
      Bin bin = each.next();
      int slot = bin.getIndex() - CubicMapping.FIRST_INDEX;
      if (!isWhole(bin.getCount()) || slot < 0 || slot >= CubicMapping.SLOTS) {
        throw new IOException("quantile sketch: not a bin: " + bin);
      }
      bins.add(slot, (long) bin.getCount());
      zeros -= bin.getCount();
    }
    if (zeros < 0) {
      throw new IOException("quantile sketch: must hold %s values less".formatted(-zeros));
    }
    return new QuantileSketch(bins, (long) zeros, 0);
  }

  /** Whether that many values are counted exactly by a double. */
  private static boolean isWhole(double count) {
    return count >= 1 && count <= 1L << 53 && count == Math.rint(count);
  }

  private static Store store() {
    return new CollapsingLowestDenseStore(MAX_BINS);
  }
}
