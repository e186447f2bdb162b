package io.tidewatch.analytics.detect;

import io.tidewatch.analytics.detect.DetectorSettings.Votes;

/**
 * How surprised the detectors are together: geometric means throughout, with equal weights, so that
 * each must agree and none needs a scale fitted to data.
 *
 * <p>{@code x = sqrt(sqrt(gap · isolation) · unforeseen)}, told as {@code x / (x + 0.05)}: 1/2 is
 * where both say "just so".
 */
final class Surprise {
  /** Least gap and isolation: one in ten thousand is as good as none. */
  private static final double LEAST = 1e-4;

  /** How far the forecasts can move the verdict, either way: a vote has no veto. */
  private static final double CLIP = 20;

  /**
   * What is left to 1 of the score of a residual that is alone at once in all trees but a few:
   * there the forest says as much as a rule whose margin is just reached.
   */
  private static final double ALONE = 0.01;

  /** A score of 1, alone in all trees, says ten times as much as that and no more. */
  private static final double SURE = ALONE / 10;

  private static final double HALF = 0.05;

  /** What is said of a row in which nothing is new. */
  private static final double NOTHING = together(0, 0, 0);

  private final Votes votes;

  Surprise(Votes votes) {
    this.votes = votes;
  }

  /**
   * @param gap of the value, in units of the range seen
   * @param isolation share of all rows that a cut is expected to part from this one, 0 to 1
   * @param excess how far beyond all that was seen, in units of what counts as beyond
   * @param unlike score of the residual among those of late, 0 to 1
   * @return 0 to 1; 0 where nothing is new
   */
  double score(double gap, double isolation, double excess, double unlike) {
    double alone = ALONE / (1 - unlike + SURE);
    double x =
        switch (votes) {
          case ALL -> together(gap, isolation, Math.max(excess, alone));
          case RULES -> together(gap, gap, excess);
          case FORESTS -> together(isolation, isolation, alone);
        };
    return x > NOTHING ? x / (x + HALF) : 0;
  }

  private static double together(double gap, double isolation, double unforeseen) {
    double unfamiliar = Math.sqrt(Math.max(gap, LEAST) * Math.max(isolation, LEAST));
    return Math.sqrt(unfamiliar * Math.min(Math.max(unforeseen, 1 / CLIP), CLIP));
  }
}
