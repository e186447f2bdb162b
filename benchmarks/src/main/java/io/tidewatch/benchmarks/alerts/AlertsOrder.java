package io.tidewatch.benchmarks.alerts;

/**
 * What the process of a run is told.
 *
 * @param conf the shipped configuration, {@code flink-conf}
 * @param folder where the process may write
 */
public record AlertsOrder(AlertsPlan plan, String conf, String folder) {}
