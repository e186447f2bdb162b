package io.tidewatch.benchmarks.retrain;

/**
 * What the process of one run is told.
 *
 * @param folder where it may write
 */
public record RetrainOrder(RetrainSpec spec, String folder) {}
