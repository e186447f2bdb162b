package io.tidewatch.benchmarks.variant;

/** The result of one window of one key, whichever variant computed it. */
public record WindowRow(int key, long endMs, long count, double p50, double p95, double p99) {}
