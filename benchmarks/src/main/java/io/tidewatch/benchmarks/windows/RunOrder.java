package io.tidewatch.benchmarks.windows;

/**
 * What the process of one run is told.
 *
 * @param folder where it may write
 * @param keys how many keys there are
 * @param backend where state lives, as {@code state.backend.type} names it
 */
public record RunOrder(RunSpec spec, RunTimes times, String folder, int keys, String backend) {}
