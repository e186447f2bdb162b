package io.tidewatch.benchmarks.alerts;

/**
 * What the storm came to; counts that were not as they should be are no result.
 *
 * @param firing events, of different series each
 * @param resolved events, likewise
 * @param firstSeconds from the first reading that let the windows fire to the first event that was
 *     read from the topic
 * @param lastSeconds likewise, to the last event
 * @param groups of the notifier
 * @param messages that its receiver had of all groups
 * @param leastGapSeconds least time between two messages of a group, as the receiver had them
 * @param observedSeconds from the first message to the end
 */
public record StormResult(
    StormSize size,
    long firing,
    long resolved,
    double firstSeconds,
    double lastSeconds,
    int groups,
    int messages,
    double leastGapSeconds,
    double observedSeconds) {}
