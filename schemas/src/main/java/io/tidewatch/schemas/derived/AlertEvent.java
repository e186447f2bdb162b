package io.tidewatch.schemas.derived;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One transition of one alert. All times are event times in milliseconds since the epoch, so that
 * the same input gives the same events, whenever it is read.
 *
 * @param alertId the episode: hash of rule, labels and start; the same for its firing and its
 *     resolved event, and for each repetition after a restart
 * @param fingerprint rule and series: hash of rule and labels; the same for all episodes
 * @param rule name of the rule
 * @param status what happened
 * @param labels of the rule and of the series; identity of the alert, never a value
 * @param annotations of the rule, for people
 * @param expr the condition as written
 * @param value the value that made the transition; null when it was made by silence
 * @param threshold the limit it was held against
 * @param reason one sentence for a person
 * @param startedAtMs when the condition became true
 * @param firedAtMs when it had held for the rule's duration
 * @param resolvedAtMs when it was over; null while firing
 */
public record AlertEvent(
    String alertId,
    String fingerprint,
    String rule,
    AlertStatus status,
    Map<String, String> labels,
    Map<String, String> annotations,
    String expr,
    @Nullable Double value,
    double threshold,
    String reason,
    long startedAtMs,
    long firedAtMs,
    @Nullable Long resolvedAtMs) {}
