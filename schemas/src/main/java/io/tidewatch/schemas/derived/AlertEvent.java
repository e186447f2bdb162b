package io.tidewatch.schemas.derived;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One transition of one alert. All times are event times in milliseconds since the epoch, so that
 * the same input gives the same events, whenever it is read.
 *
 * @param alertId the episode: hash of rule, version, labels and start; the same for all its events,
 *     and for each repetition after a restart
 * @param eventId the transition: hash of episode, status and time; the same for each repetition
 * @param fingerprint rule and series: hash of rule and labels; the same for all episodes
 * @param rule name of the rule
 * @param ruleVersion short hash of the rule's text
 * @param status what happened
 * @param notifies whether people are to be told of this transition
 * @param suppressedBy why people are not told; null where nothing keeps them from it
 * @param labels of the rule and of the series; identity of the alert, never a value
 * @param annotations of the rule, for people
 * @param expr the condition as written
 * @param value the value that made the transition; null when it was made by silence
 * @param threshold the limit it was held against; null where there is none
 * @param reason one sentence for a person
 * @param startedAtMs when the condition became true
 * @param firedAtMs when it had held for the rule's duration
 * @param resolvedAtMs when it was over; null while it is not
 * @param windowEndMs end of the window whose value made the transition, exclusive; null when it was
 *     made by silence or by a person
 * @param modelVersion version of the model that gave the value; null where no model did
 * @param attribution of a score: the features that made it what it is, by name, each with its share
 *     in (0, 1]; empty where there is none
 * @param traceIds of slow requests behind the value, the slowest first; empty where none is known
 */
public record AlertEvent(
    String alertId,
    String eventId,
    String fingerprint,
    String rule,
    String ruleVersion,
    AlertStatus status,
    boolean notifies,
    @Nullable String suppressedBy,
    Map<String, String> labels,
    Map<String, String> annotations,
    String expr,
    @Nullable Double value,
    @Nullable Double threshold,
    String reason,
    long startedAtMs,
    long firedAtMs,
    @Nullable Long resolvedAtMs,
    @Nullable Long windowEndMs,
    @Nullable String modelVersion,
    Map<String, Double> attribution,
    List<String> traceIds) {}
