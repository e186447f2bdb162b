package io.tidewatch.analytics.alert.life;

import io.tidewatch.analytics.alert.expr.Comparing;
import io.tidewatch.schemas.derived.AlertStatus;
import org.jspecify.annotations.Nullable;

/**
 * What is to be told of one episode. All times are event times in milliseconds since the epoch.
 *
 * @param status what it is now
 * @param notifies whether people are to be told
 * @param suppressedBy why they are not, or were not; null when nothing kept them from it
 * @param cause what made it so
 * @param atMs when
 * @param startedAtMs when the condition became true, or the series sent for the last time
 * @param firedAtMs when that had lasted for as long as the rule wants
 * @param ofRecord whether a record at that time made it
 * @param value of that record, or the last one there was; null where none tells anything
 * @param by the comparison of that record that decided; null where none did
 */
public record Transition(
    AlertStatus status,
    boolean notifies,
    @Nullable String suppressedBy,
    Cause cause,
    long atMs,
    long startedAtMs,
    long firedAtMs,
    boolean ofRecord,
    @Nullable Double value,
    @Nullable Comparing by) {}
