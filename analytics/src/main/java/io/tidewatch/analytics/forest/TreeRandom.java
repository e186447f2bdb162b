package io.tidewatch.analytics.forest;

/**
 * Chance of one tree: SplitMix64 (Steele, Lea, Flood, "Fast Splittable Pseudorandom Number
 * Generators", OOPSLA 2014, figures 16 and 17), spelled out so that the numbers of a seed are the
 * same on each version of Java. The trees of a seed have streams of their own: none depends on
 * which were grown before it, or where.
 */
public final class TreeRandom {
  private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

  private long state;

  public TreeRandom(long seed, int tree) {
    this.state = mix(mix(seed + GOLDEN_GAMMA) + (tree + 1) * GOLDEN_GAMMA);
  }

  private static long mix(long bits) {
    long mixed = (bits ^ (bits >>> 30)) * 0xBF58476D1CE4E5B9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
    return mixed ^ (mixed >>> 31);
  }

  public long next() {
    state += GOLDEN_GAMMA;
    return mix(state);
  }

  /** 0 to {@code bound} − 1; none is likelier than another by more than {@code bound}·2^-31. */
  public int below(int bound) {
    return (int) (((next() >>> 33) * bound) >>> 31);
  }

  /** In [0, 1). */
  public double uniform() {
    return (next() >>> 11) * 0x1p-53;
  }

  /** Normally distributed, mean 0, deviation 1: Marsaglia's polar method, one value of the two. */
  double gaussian() {
    while (true) {
      double a = 2 * uniform() - 1;
      double b = 2 * uniform() - 1;
      double square = a * a + b * b;
      if (square < 1 && square > 0) {
        return a * StrictMath.sqrt(-2 * StrictMath.log(square) / square);
      }
    }
  }
}
