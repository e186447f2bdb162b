package io.tidewatch.benchmarks.retrain;

/**
 * What one run measured. Delays are from the moment at which a row was due to the moment at which
 * its score was told, in milliseconds.
 *
 * @param rows measured
 * @param trained models that were trained meanwhile
 * @param p50Ms of the delays
 * @param p99Ms likewise
 * @param p999Ms likewise
 * @param maxMs likewise
 * @param loadAverage of the machine before the run; negative when unknown
 */
public record RetrainResult(
    RetrainSpec spec,
    long rows,
    long trained,
    double p50Ms,
    double p99Ms,
    double p999Ms,
    double maxMs,
    double loadAverage) {}
