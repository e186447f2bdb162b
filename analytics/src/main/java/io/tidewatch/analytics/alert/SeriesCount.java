package io.tidewatch.analytics.alert;

/**
 * About how many different series there were, without remembering them: linear counting (Whang,
 * Vander-Zanden, Taylor 1990). Each series sets one of {@value #BITS} bits, chosen by its hash; of
 * the share {@code z} of bits that are still unset follows the estimate {@code -BITS ln z}.
 *
 * <p>Up to a hundred series nearly always exact; standard error below 0.5 % up to half a million;
 * behind that it grows, and when all bits are set the estimate is {@value #BITS} × ln({@value
 * #BITS}), some 727 thousand. 8 KiB of memory. Not synchronised for writing; a reader of another
 * thread may see a count that is a little old.
 */
public final class SeriesCount {
  /** 8 KiB a rule and subtask: small beside the state of so many series. */
  private static final int BITS = 1 << 16;

  private final long[] words = new long[BITS / Long.SIZE];
  private int set;

  /**
   * Counts a series, once however often it comes.
   *
   * @param hash of its key; spread further here, so that weak hash codes do
   */
  public void add(int hash) {
    int bit = spread(hash) & (BITS - 1);
    long mask = 1L << bit;
    if ((words[bit / Long.SIZE] & mask) == 0) {
      words[bit / Long.SIZE] |= mask;
      set++;
    }
  }

  /** How many series there were, about; 0 only when there was none. */
  public long estimate() {
    int unset = Math.max(1, BITS - set);
    return Math.round(-BITS * Math.log((double) unset / BITS));
  }

  /** The finaliser of MurmurHash3: each bit of the input changes half of those of the output. */
  private static int spread(int hash) {
    int h = hash;
    h ^= h >>> 16;
    h *= 0x85ebca6b;
    h ^= h >>> 13;
    h *= 0xc2b2ae35;
    h ^= h >>> 16;
    return h;
  }
}
