package io.tidewatch.benchmarks.detection.nab;

/**
 * What a detector got right and wrong on some series under one threshold and profile. Rows of the
 * probation are in none of the numbers.
 *
 * @param score as NAB sums it up: what found windows are worth, less what missed windows and false
 *     rows cost
 * @param truePositives rows reported, in a window
 * @param falsePositives rows reported, in no window
 * @param trueNegatives rows not reported, in no window
 * @param falseNegatives rows not reported, in a window
 * @param windows of which a row counts
 * @param found of them, those with a reported row
 * @param labelled windows, also those that lie in probation
 */
public record Tally(
    double score,
    int truePositives,
    int falsePositives,
    int trueNegatives,
    int falseNegatives,
    int windows,
    int found,
    int labelled) {

  static final Tally NOTHING = new Tally(0, 0, 0, 0, 0, 0, 0, 0);

  /** Of the series of both. */
  Tally plus(Tally other) {
    return new Tally(
        score + other.score,
        truePositives + other.truePositives,
        falsePositives + other.falsePositives,
        trueNegatives + other.trueNegatives,
        falseNegatives + other.falseNegatives,
        windows + other.windows,
        found + other.found,
        labelled + other.labelled);
  }

  /**
   * The score between that of a detector that reports nothing, 0, and that of one that reports the
   * first row of each window and no other, 100. Below 0 where silence would have been better.
   *
   * @param profile that of the score
   * @return {@code NaN} where there is no window
   */
  public double normalised(Profile profile) {
    double silent = -profile.missedWindow() * windows;
    return labelled == 0 ? Double.NaN : 100 * (score - silent) / (labelled - silent);
  }

  /** What share of the rows outside all windows was reported, 0 to 1; 0 where there are none. */
  public double falseShare() {
    int outside = falsePositives + trueNegatives;
    return outside == 0 ? 0 : falsePositives / (double) outside;
  }
}
