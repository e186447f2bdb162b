package io.tidewatch.analytics.model;

/**
 * Chance that belongs to a thing, not to the moment at which it is met: the same seed and the same
 * thing give the same number, in any order and on any machine. FNV-1a over the characters (Fowler,
 * Noll, Vo), then twice the finaliser of SplitMix64 (Steele, Lea, Flood, OOPSLA 2014, figure 16)
 * with the numbers. No protection against somebody who chooses names to collide; nothing is lost
 * then but the evenness of a sample.
 */
final class SeededHash {
  private static final long FNV_OFFSET = 0xCBF29CE484222325L;
  private static final long FNV_PRIME = 0x100000001B3L;
  private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

  private SeededHash() {}

  /** 64 bits of a text and two numbers. */
  static long of(long seed, String text, long first, long second) {
    long hash = FNV_OFFSET;
    for (int i = 0; i < text.length(); i++) {
      hash = (hash ^ text.charAt(i)) * FNV_PRIME;
    }
    hash = mix(hash + seed * GOLDEN_GAMMA);
    hash = mix(hash + first * GOLDEN_GAMMA);
    return mix(hash + second * GOLDEN_GAMMA);
  }

  /** In (0, 1), both ends left out. */
  static double uniform(long bits) {
    return ((bits >>> 12) + 0.5) * 0x1p-52;
  }

  private static long mix(long bits) {
    long mixed = (bits ^ (bits >>> 30)) * 0xBF58476D1CE4E5B9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
    return mixed ^ (mixed >>> 31);
  }
}
