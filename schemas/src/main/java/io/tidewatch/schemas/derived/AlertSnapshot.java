package io.tidewatch.schemas.derived;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where one series is under one rule. All times are event times in milliseconds since the epoch.
 *
 * @param fingerprint rule and series, as in {@link AlertEvent}
 * @param rule name of the rule
 * @param ruleVersion short hash of the rule's text
 * @param phase how far the alert is; null when there is nothing to tell of the series any more
 * @param labels of the rule and of the series
 * @param value the last value that was judged; null where there was none
 * @param startedAtMs when the episode began
 * @param changedAtMs when the phase was entered
 */
public record AlertSnapshot(
    String fingerprint,
    String rule,
    String ruleVersion,
    @Nullable AlertPhase phase,
    Map<String, String> labels,
    @Nullable Double value,
    long startedAtMs,
    long changedAtMs) {}
