package io.tidewatch.benchmarks.alerts;

/**
 * What the paced run measured. Delays are in milliseconds, from the moment at which the reading was
 * due that lets a window fire, to the moment at which its alert event was read from the topic.
 *
 * @param devices that sent
 * @param recordsPerSecond of all devices together
 * @param events that count, firing and resolved
 * @param p50Ms of the delays
 * @param p99Ms likewise
 * @param maxMs likewise
 * @param writerLagMs how far the writer was behind at most; a part of the delays
 * @param busyCpus processors that the whole machine kept busy meanwhile, on average
 */
public record PacedResult(
    int devices,
    int recordsPerSecond,
    long events,
    double p50Ms,
    double p99Ms,
    double maxMs,
    double writerLagMs,
    double busyCpus) {}
