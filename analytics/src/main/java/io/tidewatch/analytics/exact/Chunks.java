package io.tidewatch.analytics.exact;

import static io.tidewatch.analytics.exact.Magnitude.LIMB;
import static io.tidewatch.analytics.exact.Magnitude.LIMB_BITS;

/** Lays numbers over chunks of 32 bits in longs: without a loop or a branch, for each value. */
final class Chunks {

  private Chunks() {}

  /**
   * Adds {@code number · 2^shift}. A negative one touches the last chunk with its sign, the others
   * with the bits of its complement.
   *
   * @param at the lowest of three chunks
   * @param number at most 53 bits and a sign
   * @param shift 0 to 31
   */
  static void add(long[] chunks, int at, long number, int shift) {
    long two = number << shift;
    chunks[at] += two & LIMB;
    chunks[at + 1] += two >>> LIMB_BITS;
    chunks[at + 2] += number >> 1 >> (Long.SIZE - 1 - shift);
  }

  /**
   * Adds {@code root² · 2^shift}. That is 136 bits at most: the last chunk takes 40 of them.
   *
   * @param at the lowest of four chunks
   * @param root at most 53 bits, not negative
   * @param shift 0 to 30
   */
  static void addSquare(long[] chunks, int at, long root, int shift) {
    long bottom = root * root;
    long top = Math.multiplyHigh(root, root);
    long two = bottom << shift;
    long four = top << shift | bottom >>> 1 >>> (Long.SIZE - 1 - shift);
    chunks[at] += two & LIMB;
    chunks[at + 1] += two >>> LIMB_BITS;
    chunks[at + 2] += four & LIMB;
    chunks[at + 3] += top >>> (LIMB_BITS - shift);
  }
}
