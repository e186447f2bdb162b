package io.tidewatch.benchmarks.features;

import io.tidewatch.benchmarks.variant.FeatureJob;
import io.tidewatch.benchmarks.variant.Variants;
import io.tidewatch.benchmarks.windows.Plan;
import io.tidewatch.benchmarks.windows.RunSpec;
import io.tidewatch.benchmarks.windows.RunTimes;
import java.util.List;

/** Which variants, how long and how often. */
final class FeaturesPlan {
  /** Of a device: as many as {@code tidewatch validate} supposes. */
  static final int PER_KEY_AND_SECOND = 10;

  /** What the goal is about, and what it is compared with. */
  private static final List<FeatureJob> QUICK =
      List.of(FeatureJob.WITHOUT, FeatureJob.POINTS_CLEANED);

  private static final RunTimes FULL_TIMES = new RunTimes(15, 25, 3, 8, 10);
  private static final RunTimes QUICK_TIMES = new RunTimes(10, 5, 1, 2, 2);
  private static final int FULL_REPETITIONS = 3;

  private FeaturesPlan() {}

  /** The run of a variant; windows, and with them the overlap, are its own. */
  static RunSpec spec(FeatureJob variant) {
    return new RunSpec(variant.id(), 1, variant.overlap(), PER_KEY_AND_SECOND);
  }

  /**
   * All tables.
   *
   * @throws IllegalArgumentException when there is no variant of such a name
   */
  static Plan full(List<String> variants) {
    return new Plan(specs(variants), FULL_TIMES, FULL_REPETITIONS);
  }

  /** The same for a moment; the variants of the goal where none are named. */
  static Plan quick(List<String> variants) {
    return new Plan(
        specs(variants.isEmpty() ? QUICK.stream().map(FeatureJob::id).toList() : variants),
        QUICK_TIMES,
        1);
  }

  private static List<RunSpec> specs(List<String> variants) {
    List<String> named = Variants.named(Variants.features(), variants);
    return FeatureJob.ALL.stream()
        .filter(variant -> named.contains(variant.id()))
        .map(FeaturesPlan::spec)
        .toList();
  }
}
