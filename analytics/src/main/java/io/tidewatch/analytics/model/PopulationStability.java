package io.tidewatch.analytics.model;

import io.tidewatch.analytics.decide.ThresholdRule;
import java.util.Arrays;

/**
 * How far scores have moved from those of the training: the population stability index {@code Σ (aᵢ
 * − eᵢ)·ln(aᵢ / eᵢ)} over the ten bins between the deciles of the training, {@code e} the share of
 * scores that was in a bin then, {@code a} the share now. It is the symmetric divergence of
 * Jeffreys of both. Below 0.1 there is no change to speak of, above 0.2 to 0.25 a great one (N.
 * Siddiqi, "Credit Risk Scorecards", Wiley 2006, chapter 7). Without any change, and for scores
 * that do not depend on each other, it is about a χ² of nine degrees of freedom divided by their
 * number; windows that overlap make it as large as fewer scores would.
 *
 * <p>Half a score is added to each bin, so that an empty one does not make it infinite. Where
 * deciles are equal, their bins are one.
 */
public final class PopulationStability {
  /** Between nine deciles. */
  public static final int BINS = 10;

  private PopulationStability() {}

  /**
   * The nine deciles between the bins.
   *
   * @param ascending scores of a training, at least one
   */
  static double[] deciles(double[] ascending) {
    double[] deciles = new double[BINS - 1];
    Arrays.setAll(deciles, i -> ThresholdRule.quantile(ascending, (i + 1.0) / BINS));
    return deciles;
  }

  /** In which bin a score is: the number of deciles below it. */
  public static int bin(double[] deciles, double score) {
    int bin = 0;
    while (bin < deciles.length && deciles[bin] < score) {
      bin++;
    }
    return bin;
  }

  /**
   * The index.
   *
   * @param deciles of the scores of the training, ascending
   * @param counts how many scores are now in each bin
   * @return ≥ 0; 0 without any score, and where all deciles are the same: scores that did not vary
   *     tell of no distribution
   */
  public static double index(double[] deciles, long[] counts) {
    long total = 0;
    for (long count : counts) {
      total += count;
    }
    if (total == 0 || deciles[0] == deciles[deciles.length - 1]) {
      return 0;
    }
    double index = 0;
    double inOneBin = 0;
    double expected = 0;
    int groups = groups(deciles);
    for (int bin = 0; bin < BINS; bin++) {
      inOneBin += counts[bin];
      expected += 1.0 / BINS;
      if (bin + 1 < deciles.length && deciles[bin] == deciles[bin + 1]) {
        continue;
      }
      double actual = (inOneBin + 0.5) / (total + 0.5 * groups);
      index += (actual - expected) * StrictMath.log(actual / expected);
      inOneBin = 0;
      expected = 0;
    }
    return index;
  }

  private static int groups(double[] deciles) {
    int groups = BINS;
    for (int i = 1; i < deciles.length; i++) {
      groups -= deciles[i] == deciles[i - 1] ? 1 : 0;
    }
    return groups;
  }
}
