package io.tidewatch.analytics.exact;

/**
 * The value of chunks with their carries done: a sign, and a whole number {@code m} as limbs of 32
 * bits, the lowest first. Of chunks of the same value it is the same, but for zeros at the end. The
 * numbers it tells are {@code m · 2^unit}, the unit being what the caller says.
 */
final class Magnitude {
  static final int LIMB_BITS = 32;
  static final long LIMB = (1L << LIMB_BITS) - 1;

  /** Spare limbs for a factor. */
  static final int LIMBS_OF_FACTOR = 2;

  /** Of a double. */
  private static final int MANTISSA_BITS = 53;

  /** Enough for a rounding to 53 bits, and a sign. */
  private static final int ROUNDED_BITS = 62;

  private final long[] limbs;
  private boolean negative;

  /**
   * @param spare how many limbs to keep free for what is multiplied into it
   */
  Magnitude(long[] cells, int from, int chunks, int spare) {
    limbs = new long[chunks + 1 + spare];
    long carry = 0;
    for (int i = 0; i < chunks; i++) {
      carry += cells[from + i];
      limbs[i] = carry & LIMB;
      carry >>= LIMB_BITS;
    }
    limbs[chunks] = carry & LIMB;
    negative = carry < 0;
    if (negative) {
      negate(chunks + 1);
    }
  }

  private void negate(int length) {
    long carry = 1;
    for (int i = 0; i < length; i++) {
      carry += limbs[i] ^ LIMB;
      limbs[i] = carry & LIMB;
      carry >>>= LIMB_BITS;
    }
  }

  boolean isNegative() {
    return negative;
  }

  /** 32 bits; zero beyond the last. */
  long limb(int i) {
    return i < 0 || i >= limbs.length ? 0 : limbs[i];
  }

  /** Index of the last limb that is not zero; −1 when the number is. */
  int lastLimb() {
    int last = limbs.length - 1;
    while (last >= 0 && limbs[last] == 0) {
      last--;
    }
    return last;
  }

  /** How many bytes there are up to the last that is not zero; 0 when the number is. */
  int bytes() {
    return (topBit() + Byte.SIZE) / Byte.SIZE;
  }

  /** How many bytes are zero before the first that is not; 0 when the number is. */
  int zeroBytes() {
    int bytes = 0;
    for (int end = bytes(); bytes < end && byteAt(bytes) == 0; ) {
      bytes++;
    }
    return bytes;
  }

  /** A byte of the number, unsigned; 0 is the lowest. */
  long byteAt(int index) {
    return limbs[index / Integer.BYTES] >>> (index % Integer.BYTES * Byte.SIZE) & 0xFF;
  }

  /** The bits from that one on, 62 at most; those below the first are zero. */
  private long bits(int from, int howMany) {
    int limb = from >> 5;
    int low = from & 31;
    long bits =
        (limb(limb) | limb(limb + 1) << LIMB_BITS) >>> low
            | limb(limb + 2) << 1 << (Long.SIZE - 1 - low);
    return bits & ((1L << howMany) - 1);
  }

  private boolean isZeroBelow(int bit) {
    int limb = bit >> 5;
    for (int i = 0; i < limb; i++) {
      if (limbs[i] != 0) {
        return false;
      }
    }
    return (limb(limb) & ((1L << (bit & 31)) - 1)) == 0;
  }

  /** Index of the highest bit that is set; −1 when the number is zero. */
  private int topBit() {
    int last = lastLimb();
    return last < 0
        ? -1
        : LIMB_BITS * last + Long.SIZE - 1 - Long.numberOfLeadingZeros(limbs[last]);
  }

  /** The nearest double, of two equally near the even one; infinite beyond the largest. */
  double rounded(int unit) {
    int top = topBit();
    if (top < 0) {
      return 0;
    }
    int from = top + 1 - ROUNDED_BITS;
    // What is cut off only decides ties, so one bit says it.
    double rounded = bits(from, ROUNDED_BITS) | (isZeroBelow(from) ? 0 : 1);
    return Math.scalb(negative ? -rounded : rounded, unit + from);
  }

  /**
   * Divided by a whole number ≥ 1; the nearest double but for ties within 2^-50 of its last bit.
   */
  double dividedBy(long divisor, int unit) {
    int top = topBit();
    if (top < 0) {
      return 0;
    }
    int from = top + 1 - MANTISSA_BITS;
    double quotient = divided(from, (double) divisor)[0];
    return Math.scalb(negative ? -quotient : quotient, unit + from);
  }

  /**
   * The root of the quotient, within one unit in the last place.
   *
   * @param divisor 1 or more, exact to within a unit in the last place
   */
  double rootOfDividedBy(double divisor, int unit) {
    int top = topBit();
    if (top < 0) {
      return 0;
    }
    int from = top + 1 - MANTISSA_BITS;
    int even = from - ((unit + from) & 1);
    double[] quotient = divided(from, divisor);
    double high = from == even ? quotient[0] : 2 * quotient[0];
    double low = from == even ? quotient[1] : 2 * quotient[1];
    double root = Math.sqrt(high);
    double nearer = root + (Math.fma(-root, root, high) + low) / (2 * root);
    return Math.scalb(nearer, (unit + even) / 2);
  }

  /**
   * The 106 bits down from 53 above {@code from}, in units of {@code from}, divided: the nearest
   * double and what it lacks (T. J. Dekker, "A floating-point technique for extending the available
   * precision", Numerische Mathematik 18, 1971).
   */
  private double[] divided(int from, double divisor) {
    double high = bits(from, MANTISSA_BITS);
    double low = bits(from - MANTISSA_BITS, MANTISSA_BITS) * 0x1p-53;
    double first = high / divisor;
    double second = (Math.fma(-first, divisor, high) + low) / divisor;
    double sum = first + second;
    return new double[] {sum, second - (sum - first)};
  }

  /** Multiplies by a whole number ≥ 0, which takes two of the spare limbs. */
  void multiply(long factor) {
    long low = factor & LIMB;
    long high = factor >>> LIMB_BITS;
    int end = lastLimb() + 1 + LIMBS_OF_FACTOR;
    long carry = 0;
    long before = 0;
    for (int i = 0; i < end; i++) {
      long limb = limbs[i];
      long ofLow = limb * low + (carry & LIMB);
      long ofHigh = before * high + (ofLow & LIMB);
      limbs[i] = ofHigh & LIMB;
      carry = (carry >>> LIMB_BITS) + (ofLow >>> LIMB_BITS) + (ofHigh >>> LIMB_BITS);
      before = limb;
    }
  }

  /** Subtracts the square of another. Negative afterwards, and of no use, where that is greater. */
  void subtractSquareOf(Magnitude root) {
    long[] factors = root.limbs;
    int length = root.lastLimb() + 1;
    int first = 0;
    while (first < length && factors[first] == 0) {
      first++;
    }
    for (int i = first; i < length; i++) {
      long factor = factors[i];
      long borrow = 0;
      for (int j = first; j < length; j++) {
        long product = factor * factors[j] + borrow;
        long left = limbs[i + j] - (product & LIMB);
        limbs[i + j] = left & LIMB;
        borrow = (product >>> LIMB_BITS) + (left >>> (Long.SIZE - 1));
      }
      for (int at = i + length; borrow != 0 && at < limbs.length; at++) {
        long left = limbs[at] - borrow;
        limbs[at] = left & LIMB;
        borrow = left >>> (Long.SIZE - 1);
      }
      negative |= borrow != 0;
    }
  }
}
