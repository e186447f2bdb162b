package io.tidewatch.jobs.alerting;

/**
 * Operator ids of the alert stage of one job. State is found by them: never rename, never reuse.
 *
 * @param rulesSource where rules come from
 * @param alerts what holds them against what passes
 * @param status what adds up what becomes of them
 * @param alertsSink of events
 * @param incidentsSink of episodes
 * @param statesSink of present states
 * @param statusSink of what becomes of rules, to Kafka
 * @param rulesSink of the same, to the database
 */
public record AlertUids(
    String rulesSource,
    String alerts,
    String status,
    String alertsSink,
    String incidentsSink,
    String statesSink,
    String statusSink,
    String rulesSink) {}
