package io.tidewatch.jobs.sink;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An episode of an alert as {@code alert_incidents} has it. Times are milliseconds since the epoch.
 *
 * @param alertId the episode
 * @param fingerprint rule and series; key of its events on their topic
 * @param rule name of the rule
 * @param labels of the rule and of the series
 * @param status of the last event that was written
 * @param triggeredAtMs event time at which it fired
 * @param resolvedAtMs event time at which it was over; null while it is not
 * @param writtenAtMs when the row was last written, by the clock of the database
 */
public record Incident(
    String alertId,
    String fingerprint,
    String rule,
    Map<String, String> labels,
    IncidentStatus status,
    long triggeredAtMs,
    @Nullable Long resolvedAtMs,
    long writtenAtMs) {}
