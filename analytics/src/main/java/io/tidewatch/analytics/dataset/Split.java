package io.tidewatch.analytics.dataset;

import io.tidewatch.schemas.dataset.Part;
import org.jspecify.annotations.Nullable;

/**
 * Puts windows into the parts of a data set. A function of the window alone, so the same in
 * whatever order windows come and however many threads ask.
 */
public sealed interface Split permits TimeSplit, RandomSplit {

  /**
   * The part of a window.
   *
   * @param startMs start, inclusive, milliseconds since the epoch
   * @param endMs end, exclusive, milliseconds since the epoch
   * @return null when it is in neither, see the embargo of {@link TimeSplit}
   */
  @Nullable Part of(String device, long startMs, long endMs);

  /**
   * The share of the windows that validation is to have.
   *
   * @throws IllegalArgumentException when it is not more than 0 and less than 1
   */
  static void requireShare(double share) {
    if (!(share > 0 && share < 1)) {
      throw new IllegalArgumentException("val_split: must be > 0 and < 1, was " + share);
    }
  }
}
