package io.tidewatch.schemas.dataset;

import java.time.Duration;
import java.time.Instant;

/** How the rows of a data set came to train and validation. */
public sealed interface SplitSettings {

  /** The share of the windows that validation was to have, more than 0 and less than 1. */
  double valSplit();

  /**
   * Train is before validation.
   *
   * @param boundary windows of train end here at the latest
   * @param embargo windows of validation start so long behind it at the earliest; those between are
   *     in neither
   */
  record ByTime(double valSplit, Instant boundary, Duration embargo) implements SplitSettings {
    public ByTime {
      requireShare(valSplit);
      if (embargo.isNegative()) {
        throw new IllegalArgumentException("embargo: must be ≥ PT0S, was " + embargo);
      }
    }
  }

  /**
   * Chance decides.
   *
   * @param randomState the seed
   * @param group what it puts into a part as a whole
   */
  record Random(double valSplit, long randomState, By group) implements SplitSettings {
    public Random {
      requireShare(valSplit);
    }
  }

  private static void requireShare(double valSplit) {
    if (!(valSplit > 0 && valSplit < 1)) {
      throw new IllegalArgumentException("val_split: must be > 0 and < 1, was " + valSplit);
    }
  }
}
