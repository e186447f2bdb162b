package io.tidewatch.udfs.alert;

import io.tidewatch.schemas.rule.RuleState;
import org.jspecify.annotations.Nullable;

/**
 * What one subtask makes of a rule.
 *
 * @param rule name of the rule
 * @param state what became of what was told last
 * @param version in use; null where none is
 * @param reason one line; null where nothing is wrong
 * @param definition the document in use; null where none is
 * @param subtask that reports, from 0
 * @param matchedSeries of its series, about
 */
public record RuleReport(
    String rule,
    RuleState state,
    @Nullable String version,
    @Nullable String reason,
    @Nullable String definition,
    int subtask,
    long matchedSeries) {}
