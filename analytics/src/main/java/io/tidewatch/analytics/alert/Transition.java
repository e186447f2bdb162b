package io.tidewatch.analytics.alert;

import io.tidewatch.schemas.derived.AlertStatus;
import org.jspecify.annotations.Nullable;

/**
 * What is to be told of one episode. All times are event times in milliseconds since the epoch.
 *
 * @param status fired or resolved
 * @param startedAtMs when the condition became true
 * @param firedAtMs when it had held for the rule's duration
 * @param resolvedAtMs when it was over; null when the alert fired
 * @param value the value that made the transition; null when silence made it
 */
public record Transition(
    AlertStatus status,
    long startedAtMs,
    long firedAtMs,
    @Nullable Long resolvedAtMs,
    @Nullable Double value) {}
