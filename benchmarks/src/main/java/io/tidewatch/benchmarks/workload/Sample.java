package io.tidewatch.benchmarks.workload;

/**
 * One record, as lean as a record of a stream is: what it belongs to, when, how much. Travels as
 * Flink serialises any Java record.
 */
public record Sample(int key, long timeMs, double value) {}
