package io.tidewatch.analytics.dataset;

import io.tidewatch.schemas.dataset.Part;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Train is before validation, and between them lies an embargo: values nearby in time are alike, so
 * a model that is judged on the moment behind its training is judged too well (M. López de Prado,
 * "Advances in Financial Machine Learning", 2018, chapter 7, purging and embargo).
 *
 * @param boundaryMs windows of train end here at the latest, milliseconds since the epoch
 * @param embargoMs windows of validation start so long behind the boundary at the earliest,
 *     milliseconds, at least 0; what lies between or across is in neither part
 */
public record TimeSplit(long boundaryMs, long embargoMs) implements Split {

  public TimeSplit {
    if (embargoMs < 0 || embargoMs > Long.MAX_VALUE - Math.max(boundaryMs, 0)) {
      throw new IllegalArgumentException(
          "embargo: must be ≥ 0 ms and end within the range of time, was " + embargoMs);
    }
  }

  @Override
  public @Nullable Part of(String device, long startMs, long endMs) {
    if (endMs <= boundaryMs) {
      return Part.TRAIN;
    }
    return startMs >= boundaryMs + embargoMs ? Part.VALIDATION : null;
  }

  /**
   * The boundary that leaves at least a share of the windows behind it: the latest end at or before
   * which at most {@code n − ⌈n · share⌉} of {@code n} windows end. What the embargo takes is then
   * taken from these, so validation may have fewer rows, or none.
   *
   * <p>Windows that end together are on the same side. Time {@code O(n log n)}, memory 8 bytes a
   * window.
   *
   * @param endsMs ends of the windows of all devices, in any order, milliseconds since the epoch;
   *     stays as it is
   * @param share more than 0 and less than 1
   * @throws IllegalArgumentException when there is no such end, or no such share
   */
  public static long boundary(long[] endsMs, double share) {
    Split.requireShare(share);
    if (endsMs.length == 0) {
      throw new IllegalArgumentException("windows: must be at least one, was none");
    }
    long[] ends = endsMs.clone();
    Arrays.sort(ends);
    // In decimals, as a person wrote it: 100 × 0.07 is 7.000000000000001 in doubles, and 8 rounded.
    int validation =
        BigDecimal.valueOf(share)
            .multiply(BigDecimal.valueOf(ends.length))
            .setScale(0, RoundingMode.CEILING)
            .intValueExact();
    long firstBehind = ends[ends.length - validation];
    int train = ends.length - validation;
    while (train > 0 && ends[train - 1] == firstBehind) {
      train--;
    }
    if (train == 0) {
      throw new IllegalArgumentException(
          "val_split: must leave windows that end before %s for train, was %s of %d windows"
              .formatted(Instant.ofEpochMilli(firstBehind), share, ends.length));
    }
    return ends[train - 1];
  }
}
