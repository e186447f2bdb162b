package io.tidewatch.engines.smile;

import smile.math.MathEx;
import smile.stat.distribution.GaussianDistribution;

/**
 * Smile's chance, put to a known place. Smile makes normally distributed numbers in pairs and keeps
 * the second for whoever asks next, so that a seed alone leaves open what comes first.
 */
final class SmileSeed {

  private SmileSeed() {}

  /** Of the calling thread; the same seed and tree give the same numbers. */
  static void set(long seed, int tree) {
    // Smile's generator takes near seeds for near beginnings
    long mixed = (seed ^ (tree + 1L) * 0x9E3779B97F4A7C15L) * 0xBF58476D1CE4E5B9L;
    long scattered = mixed ^ (mixed >>> 31);
    GaussianDistribution normal = GaussianDistribution.getInstance();
    MathEx.setSeed(scattered);
    double first = normal.rand();
    MathEx.setSeed(scattered);
    normal.rand();
    MathEx.setSeed(scattered);
    // three draws after three seeds: the first and the last are alike when none was kept at first,
    // and then one is kept now
    if (normal.rand() == first) {
      normal.rand();
    }
    MathEx.setSeed(scattered);
  }
}
