package io.tidewatch.analytics.series;

import io.tidewatch.analytics.detect.Judgement;
import io.tidewatch.schemas.derived.ScoreContext;

/**
 * What a monitor says of a row.
 *
 * @param judgement of the detector
 * @param hasValue whether there was one to judge
 * @param rows that had a value before, at most {@code rowsNeeded}
 * @param rowsNeeded before the first score, as far as is known
 * @param day the values before
 */
public record Assessment(
    Judgement judgement, boolean hasValue, long rows, long rowsNeeded, ScoreContext day) {}
