package io.tidewatch.udfs.alert;

/**
 * A rule as the state keeps it.
 *
 * @param document a rule file of one rule; empty where people took the rule away
 * @param told whether people told it by the topic; false for one of a file
 */
public record StoredRule(String document, boolean told) {}
