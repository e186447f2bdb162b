package io.tidewatch.analytics.detect;

import java.util.List;

/**
 * What a detector says of a row.
 *
 * @param score 0 to 1, 0 where there is nothing to say: while it warms up, of a missing value, of a
 *     row like others, and of what was said a moment ago and has not got worse
 * @param anomaly whether the score reaches the threshold
 * @param state how far the detector is
 * @param expected what the value was expected to be, from the rows before it; {@code NaN} for the
 *     first row
 * @param lower of the range in which nearly all values of a series without anomalies lie; {@code
 *     NaN} for the first two rows
 * @param upper of the same range
 * @param reasons which views spoke, the loudest first; empty where there is no anomaly
 */
public record Judgement(
    double score,
    boolean anomaly,
    DetectorState state,
    double expected,
    double lower,
    double upper,
    List<ViewShare> reasons) {}
