package io.tidewatch.benchmarks.detection;

import io.tidewatch.benchmarks.detection.nab.CrossValidation.Spread;
import io.tidewatch.benchmarks.detection.nab.LabelledSeries;
import io.tidewatch.benchmarks.detection.nab.Profile;
import io.tidewatch.benchmarks.detection.nab.Tally;
import java.util.List;

/**
 * What came of series under NAB's rules.
 *
 * @param absent paths that were labelled and not there
 */
record NabResults(List<LabelledSeries> series, List<String> absent, List<OfVariant> variants) {

  /**
   * One detector.
   *
   * @param profiles one each
   * @param series what came of each under the fixed threshold, standard profile
   * @param microsPerRow processor time
   */
  record OfVariant(
      DetectorVariant variant, List<OfProfile> profiles, List<Tally> series, double microsPerRow) {

    OfProfile of(Profile profile) {
      return profiles.stream().filter(each -> each.profile() == profile).findFirst().orElseThrow();
    }
  }

  /**
   * One detector under one profile.
   *
   * @param threshold the best, chosen on all labels: the rule of the leaderboard
   * @param best what comes of it
   * @param fixed what comes of the variant's own threshold
   * @param halves thresholds of the other half
   * @param groups thresholds of the other groups
   */
  record OfProfile(
      Profile profile, double threshold, Tally best, Tally fixed, Spread halves, Spread groups) {

    /** Normalised, 100 is perfect. */
    double bestScore() {
      return best.normalised(profile);
    }

    double fixedScore() {
      return fixed.normalised(profile);
    }
  }

  long rows() {
    return series.stream().mapToLong(LabelledSeries::rows).sum();
  }

  int windows() {
    return series.stream().mapToInt(each -> each.windows().size()).sum();
  }
}
