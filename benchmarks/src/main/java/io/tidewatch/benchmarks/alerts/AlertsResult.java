package io.tidewatch.benchmarks.alerts;

/**
 * What a run measured.
 *
 * @param recordsPerSecond at most, of a backlog
 * @param loadAverage of the machine before the run; negative when unknown
 */
public record AlertsResult(
    AlertsPlan plan,
    double recordsPerSecond,
    PacedResult paced,
    StormResult storm,
    double loadAverage) {}
