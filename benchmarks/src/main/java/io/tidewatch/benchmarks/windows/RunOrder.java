package io.tidewatch.benchmarks.windows;

/**
 * What the process of one run is told.
 *
 * @param folder where it may write
 */
public record RunOrder(RunSpec spec, RunTimes times, String folder) {}
