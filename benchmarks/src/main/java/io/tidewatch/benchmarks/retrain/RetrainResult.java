package io.tidewatch.benchmarks.retrain;

/**
 * What one run measured. Delays are from the moment at which a row was due to the moment at which
 * its score was told, in milliseconds: by the clock, and as they had been, had the thread that
 * scores never waited for a processor.
 *
 * @param rows measured
 * @param trained models that were trained meanwhile
 * @param p50Ms of the delays
 * @param p99Ms likewise
 * @param p999Ms likewise
 * @param maxMs likewise
 * @param workP99Ms of the delays that are work of that thread alone
 * @param workMaxMs likewise
 * @param stolen share of the processors' time that the host gave to others; 0 where nobody tells
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
    double workP99Ms,
    double workMaxMs,
    double stolen,
    double loadAverage) {}
