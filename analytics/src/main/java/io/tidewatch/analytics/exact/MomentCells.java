package io.tidewatch.analytics.exact;

import java.util.Arrays;

/**
 * The sums of {@link ExactMoments} as whole numbers: chunks of 32 bits in longs, all columns in one
 * array, so that adding up two of the same layout is one plain loop.
 */
final class MomentCells {
  private static final int FRACTION_BITS = 52;
  private static final long FRACTION = (1L << FRACTION_BITS) - 1;
  private static final int EXPONENT = 0x7FF;
  private static final long INFINITE = (long) EXPONENT << FRACTION_BITS;

  /** Units are that much smaller than the least double, so that 2^-14 to 2^18 share chunks. */
  private static final int FINER_BITS = 16;

  /** Exponent of the unit of sums; half that of squares. */
  private static final int UNIT = Double.MIN_EXPONENT - FRACTION_BITS - FINER_BITS;

  /** Where the three chunks of values from 2^-14 to 2^18 begin; they are always there. */
  static final int USUAL = 32;

  /** How many chunks a value touches. */
  static final int TOUCHED = 3;

  /** Chunks of sums that 2^63 of the greatest values do not exceed. */
  static final int MAX_CHUNKS = 69;

  /** Additions of up to 40 bits after which carries are due. Twice as many fill 62 bits. */
  private static final int MAX_PENDING = 1 << 21;

  /** 1 for sums, 3 for sums and those of squares, which have twice as many chunks. */
  private final int parts;

  private int columns;

  /** For each column the count, the chunks of its sum, those of its squares; the lowest first. */
  private long[] cells;

  /** Index of the first chunk of the sums; that of the squares is twice as much. */
  private int first = USUAL;

  /** How many chunks a sum has. */
  private int chunks = TOUCHED;

  /** How many cells a column has. */
  private int stride;

  /** Each chunk is less than so many times 2^40, up or down. */
  private int pending;

  MomentCells(int columns, boolean squares) {
    this.columns = columns;
    this.parts = squares ? 3 : 1;
    this.stride = 1 + parts * chunks;
    this.cells = new long[columns * stride];
  }

  MomentCells(MomentCells from) {
    parts = from.parts;
    columns = from.columns;
    cells = from.cells.clone();
    first = from.first;
    chunks = from.chunks;
    stride = from.stride;
    pending = from.pending;
  }

  /** 1 where there are sums, 2 where there are sums and those of squares. */
  int powers() {
    return parts > 1 ? 2 : 1;
  }

  /** Index of the first chunk of the sums; that of the squares is twice as much. */
  int firstChunk() {
    return first;
  }

  /** Index behind the last chunk of the sums. */
  int endChunk() {
    return first + chunks;
  }

  int columns() {
    return columns;
  }

  /** Makes it that many columns, if there are fewer; those that are new have no values. */
  void growTo(int moreColumns) {
    if (moreColumns > columns) {
      cells = Arrays.copyOf(cells, moreColumns * stride);
      columns = moreColumns;
    }
  }

  /** Adds one value, which is finite, to a column. */
  void add(int column, double value) {
    add(column, Double.doubleToRawLongBits(value));
    carryWhenDue(1);
  }

  /** Adds a value to each of the first columns, but where it is not finite. */
  void add(double[] values) {
    for (int column = 0; column < values.length; column++) {
      long bits = Double.doubleToRawLongBits(values[column]);
      if ((~bits & INFINITE) != 0) {
        add(column, bits);
      }
    }
    carryWhenDue(1);
  }

  private void add(int column, long bits) {
    int exponent = (int) (bits >>> FRACTION_BITS) & EXPONENT;
    long mantissa = bits & FRACTION;
    if (exponent > 0) {
      mantissa |= FRACTION + 1;
    } else if (mantissa != 0) {
      exponent = 1;
    } else {
      cells[column * stride]++;
      return;
    }
    int shift = exponent - 1 + FINER_BITS;
    int chunk = (shift >> 5) - first;
    if (chunk < 0 || chunk > chunks - TOUCHED) {
      cover(chunk + first, chunk + first + TOUCHED);
      chunk = (shift >> 5) - first;
    }
    long[] into = cells;
    int at = column * stride;
    into[at]++;
    long sign = bits >> (Long.SIZE - 1);
    Chunks.add(into, at + 1 + chunk, (mantissa ^ sign) - sign, shift & 31);
    if (parts > 1) {
      Chunks.addSquare(into, at + 1 + chunks + (shift >> 4) - 2 * first, mantissa, 2 * shift & 31);
    }
  }

  /** Adds all that another holds of the columns of this; it may be this very object. */
  void merge(MomentCells from) {
    cover(from.first, from.first + from.chunks);
    long[] theirs = from.cells;
    if (isLaidAs(from)) {
      long[] mine = cells;
      for (int i = 0; i < mine.length; i++) {
        mine[i] += theirs[i];
      }
    } else {
      addWithin(from, 1);
    }
    carryWhenDue(from.pending);
  }

  /** Takes out what was added before, of the columns of this. */
  void subtract(MomentCells part) {
    cover(part.first, part.first + part.chunks);
    long[] theirs = part.cells;
    if (isLaidAs(part)) {
      long[] mine = cells;
      for (int i = 0; i < mine.length; i++) {
        mine[i] -= theirs[i];
      }
    } else {
      addWithin(part, -1);
    }
    carryWhenDue(part.pending);
    if (part.chunks > 2 * TOUCHED) {
      // Absurd values that left are not to cost room for ever.
      carry();
    }
  }

  /** Whether it has the same cells, given that its chunks are among those of this. */
  private boolean isLaidAs(MomentCells that) {
    return cells.length == that.cells.length && chunks == that.chunks;
  }

  /** Adds another, whose chunks are among those of this, so many times. */
  private void addWithin(MomentCells from, int times) {
    for (int column = 0; column < Math.min(columns, from.columns); column++) {
      cells[column * stride] += times * from.count(column);
      for (int power = 1; power <= powers(); power++) {
        int mine = start(column, power) + power * (from.first - first);
        int theirs = from.start(column, power);
        for (int i = 0; i < power * from.chunks; i++) {
          cells[mine + i] += times * from.cells[theirs + i];
        }
      }
    }
  }

  private void carryWhenDue(int more) {
    pending += more;
    if (pending >= MAX_PENDING) {
      carry();
    }
  }

  /** Makes room for the chunks of sums from one to before another. */
  void cover(int from, int to) {
    if (from < first || to > first + chunks) {
      lay(Math.min(from, first), Math.max(to, first + chunks));
    }
  }

  /** Lays the same values over other chunks; those that are cut off must be zero. */
  private void lay(int from, int to) {
    MomentCells old = new MomentCells(this);
    first = from;
    chunks = to - from;
    stride = 1 + parts * chunks;
    cells = new long[columns * stride];
    int start = Math.max(from, old.first);
    int end = Math.min(to, old.first + old.chunks);
    for (int column = 0; column < columns; column++) {
      count(column, old.count(column));
      for (int power = 1; power <= powers(); power++) {
        int mine = start(column, power) + power * (start - first);
        int theirs = old.start(column, power) + power * (start - old.first);
        System.arraycopy(old.cells, theirs, cells, mine, power * (end - start));
      }
    }
  }

  /**
   * Does the carries: all chunks of a sum have its sign and are below 2^32, and there are no more
   * of them than are needed. Of equal values it makes equal cells.
   */
  void carry() {
    int least = USUAL;
    int end = USUAL + TOUCHED;
    MomentCells old = new MomentCells(this);
    lay(first, first + chunks + 1);
    for (int column = 0; column < columns; column++) {
      for (int power = 1; power <= powers(); power++) {
        Magnitude of = old.magnitude(column, power, 0);
        int last = of.lastLimb();
        int at = start(column, power);
        for (int i = 0; i < power * chunks; i++) {
          cells[at + i] = of.isNegative() ? -of.limb(i) : of.limb(i);
          if (cells[at + i] != 0) {
            least = Math.min(least, first + i / power);
          }
        }
        end = Math.max(end, last < 0 ? 0 : first + last / power + 1);
      }
    }
    lay(least, end);
    pending = 1;
  }

  /** Where the chunks begin of a sum (power 1) or a sum of squares (2). */
  private int start(int column, int power) {
    return column * stride + 1 + (power - 1) * chunks;
  }

  /** How many values a column has. */
  long count(int column) {
    return cells[column * stride];
  }

  /** Sets of how many values the sums are. */
  void count(int column, long count) {
    cells[column * stride] = count;
  }

  /** A sum (power 1) or a sum of squares (2), in units of {@link #unit}. */
  Magnitude magnitude(int column, int power, int spareLimbs) {
    return new Magnitude(cells, start(column, power), power * chunks, spareLimbs);
  }

  /** Exponent of the unit in which such a sum is told. */
  int unit(int power) {
    return power * (UNIT + 32 * first);
  }

  /**
   * Adds to one byte of a sum.
   *
   * @param index 0 is the lowest there can be; its chunk is there
   * @param signed −255 to 255; each byte is added to once
   */
  void addByte(int column, int power, int index, long signed) {
    int chunk = index / Integer.BYTES;
    pending = Math.max(pending, 1);
    cells[start(column, power) + chunk - power * first] += signed << (index % Integer.BYTES * 8);
  }

  /** Whether the same was added, when both have done their carries. */
  boolean isSame(MomentCells that) {
    return columns == that.columns && first == that.first && Arrays.equals(cells, that.cells);
  }
}
