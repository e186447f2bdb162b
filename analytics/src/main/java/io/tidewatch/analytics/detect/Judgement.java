package io.tidewatch.analytics.detect;

import io.tidewatch.schemas.derived.Suppression;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a detector says of a row.
 *
 * @param score 0 to 1, 0 where there is nothing to say: while it warms up, of a missing value, of a
 *     row like others, of what was said a moment ago and has not got worse, and of what nobody
 *     asked about. By this score detectors are measured
 * @param anomaly whether the score reaches the threshold
 * @param surprise the score before anything was decided, 0 to 1; 0 while it warms up and of a
 *     missing value
 * @param suppressed why a surprise that reaches the threshold is no anomaly; null where nothing was
 *     suppressed
 * @param state how far the detector is
 * @param expected what the value was expected to be, from the rows before it; {@code NaN} for the
 *     first row
 * @param lower of the range in which nearly all values of a series without anomalies lie; {@code
 *     NaN} for the first two rows
 * @param upper of the same range
 * @param reasons which views spoke, the loudest first; empty where no surprise reaches the
 *     threshold
 */
public record Judgement(
    double score,
    boolean anomaly,
    double surprise,
    @Nullable Suppression suppressed,
    DetectorState state,
    double expected,
    double lower,
    double upper,
    List<ViewShare> reasons) {

  /** Whether the surprise reaches the threshold, told or suppressed. */
  public boolean beyond() {
    return anomaly || suppressed != null;
  }
}
