package io.tidewatch.analytics.exact;

import io.tidewatch.analytics.window.HeapBytes;
import org.jspecify.annotations.Nullable;

/**
 * Count and sum of the values of several columns, on demand the sum of their squares too, without
 * any rounding. So they do not depend on the order of values, nor on how these were grouped, merged
 * and subtracted: the doubles told of equal contents are equal to the last bit.
 *
 * <p>A sum is a whole number in units of the least double, cut into chunks of 32 bits that lie in
 * longs. A double is added to the three chunks its mantissa touches, its square to four; carries
 * wait until a chunk might overflow, two million additions later (R. M. Neal, "Fast exact summation
 * using small and large superaccumulators", arXiv:1505.05571, 2015; U. Kulisch, "Computer
 * Arithmetic and Validity", 2nd ed., 2013, chapter 8). Merging and subtracting add and subtract
 * chunk by chunk. There are chunks only where values were: the same for all columns, and twice as
 * many for squares.
 *
 * <p>Error of what is told: {@link #sum} is the nearest double; {@link #mean} within one unit in
 * the last place, and never outside of least and greatest value; {@link #sampleDeviation} within
 * one unit in the last place, and exactly 0 where all values are equal; so is {@link
 * #populationDeviation}.
 *
 * <p>Memory: 32 bytes a column while all values are 0 or of 2^-14 to 2^18, 80 with squares; 8 or 24
 * more for each 32 bits beyond, at most 560 or 1,664 where values of all magnitudes of a double
 * meet. Mutable, not for use by several threads; what does not change it may be called by several.
 */
public final class ExactMoments {
  private final MomentCells cells;

  private ExactMoments(MomentCells cells) {
    this.cells = cells;
  }

  /** Without values; counts and sums. */
  public static ExactMoments ofSums(int columns) {
    return new ExactMoments(new MomentCells(columns, false));
  }

  /** Without values; counts, sums, and sums of squares. */
  public static ExactMoments ofSumsAndSquares(int columns) {
    return new ExactMoments(new MomentCells(columns, true));
  }

  /**
   * One column, whose sum is that of the terms.
   *
   * @param count of how many values it is
   * @param terms finite
   */
  public static ExactMoments ofTerms(long count, double... terms) {
    ExactMoments sum = ofSums(1);
    for (double term : terms) {
      sum.add(0, term);
    }
    sum.cells.count(0, count);
    return sum;
  }

  /** Heap of sums of so many columns: of usual values, and of whatever they are. */
  public static HeapBytes heapBytesOfSums(int columns) {
    return heapBytes(columns, 1);
  }

  /** Heap of sums and squares of so many columns: of usual values, and of whatever they are. */
  public static HeapBytes heapBytesOfSumsAndSquares(int columns) {
    return heapBytes(columns, 3);
  }

  private static HeapBytes heapBytes(int columns, long parts) {
    return new HeapBytes(
            HeapBytes.ofArray(columns * (1 + parts * MomentCells.TOUCHED), Long.BYTES),
            HeapBytes.ofArray(columns * (1 + parts * MomentCells.MAX_CHUNKS), Long.BYTES))
        .plus(HeapBytes.ofObject(HeapBytes.REFERENCE)) // this
        .plus(HeapBytes.ofObject(HeapBytes.REFERENCE + 6 * Integer.BYTES)); // the cells
  }

  /** Number of columns. */
  public int columns() {
    return cells.columns();
  }

  /** Makes it that many columns, if there are fewer; those that are new have no values. */
  public void growTo(int columns) {
    cells.growTo(columns);
  }

  /**
   * Adds one value to a column.
   *
   * @param value finite
   */
  public void add(int column, double value) {
    cells.add(column, value);
  }

  /**
   * Adds a value to each of the first columns.
   *
   * @param values not more than columns; one that is not finite is left out
   */
  public void add(double[] values) {
    cells.add(values);
  }

  /**
   * Adds all that {@code from} holds of the columns of this; {@code from}, which is of sums or of
   * squares as this is, stays as it is and may be this very object.
   */
  public void merge(ExactMoments from) {
    cells.merge(from.cells);
  }

  /**
   * Takes out what was added before, of the columns of this.
   *
   * @throws IllegalArgumentException when it has more values than this; this is as before
   */
  public void subtract(ExactMoments part) {
    for (int column = 0; column < Math.min(columns(), part.columns()); column++) {
      if (part.count(column) > count(column)) {
        throw new IllegalArgumentException(
            "part: must be of at most %d values in column %d, was of %d"
                .formatted(count(column), column, part.count(column)));
      }
    }
    cells.subtract(part.cells);
  }

  /** How many values the column has. */
  public long count(int column) {
    return cells.count(column);
  }

  /** Sum of the values; 0 without any, infinite where it does not fit a double. */
  public double sum(int column) {
    return cells.magnitude(column, 1, 0).rounded(cells.unit(1));
  }

  /** Arithmetic mean; {@code NaN} without a value. It always fits a double. */
  public double mean(int column) {
    long count = count(column);
    return count == 0 ? Double.NaN : cells.magnitude(column, 1, 0).dividedBy(count, cells.unit(1));
  }

  /**
   * Sample standard deviation (n − 1), of {@code n·Σx² − (Σx)²}; {@code NaN} below two values, and
   * where it does not fit a double, as that of the largest and its negative.
   */
  public double sampleDeviation(int column) {
    long count = count(column);
    return count < 2 ? Double.NaN : deviation(column, (double) count * (double) (count - 1));
  }

  /**
   * Standard deviation of the population (n), of {@code n·Σx² − (Σx)²}; {@code NaN} without a
   * value, 0 of one. Within one unit in the last place, and exactly 0 where all values are equal.
   */
  public double populationDeviation(int column) {
    long count = count(column);
    return count == 0 ? Double.NaN : deviation(column, (double) count * (double) count);
  }

  private double deviation(int column, double divisor) {
    long count = count(column);
    Magnitude squares = cells.magnitude(column, 2, Magnitude.LIMBS_OF_FACTOR);
    squares.multiply(count);
    squares.subtractSquareOf(cells.magnitude(column, 1, 0));
    double deviation = squares.rootOfDividedBy(divisor, cells.unit(2));
    return squares.isNegative() || Double.isInfinite(deviation) ? Double.NaN : deviation;
  }

  /**
   * Root of the mean of the squares, where these are summed; {@code NaN} without a value. Within
   * one unit in the last place.
   */
  public double rootMeanSquare(int column) {
    long count = count(column);
    return count == 0
        ? Double.NaN
        : cells.magnitude(column, 2, 0).rootOfDividedBy((double) count, cells.unit(2));
  }

  /** An independent copy. */
  public ExactMoments copy() {
    return new ExactMoments(new MomentCells(cells));
  }

  MomentCells cells() {
    return cells;
  }

  private MomentCells carried() {
    MomentCells carried = new MomentCells(cells);
    carried.carry();
    return carried;
  }

  /** Whether the same was added, in whatever order. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ExactMoments that && carried().isSame(that.carried());
  }

  @Override
  public int hashCode() {
    int hash = 0;
    for (int column = 0; column < columns(); column++) {
      hash = 31 * (31 * hash + Long.hashCode(count(column))) + Double.hashCode(sum(column));
    }
    return hash;
  }
}
