package io.tidewatch.schemas.rule;

import org.jspecify.annotations.Nullable;

/**
 * What a job makes of a rule.
 *
 * @param job name of the job
 * @param rule name of the rule
 * @param state what became of what was told last
 * @param version of the rule that is in use, the hash of its text; null where none is
 * @param reason why it was refused or cannot match, one line; null where nothing is wrong
 * @param matchedSeries how many series it was held against since the job was started or the rule
 *     changed, about; exact while there are few
 * @param definition the document in use; null where none is
 */
public record RuleStatus(
    String job,
    String rule,
    RuleState state,
    @Nullable String version,
    @Nullable String reason,
    long matchedSeries,
    @Nullable String definition) {}
