package io.tidewatch.udfs.anomaly;

import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

/** What is counted while series are scored; the names are in docs/operations.md. */
final class SeriesCounters {
  final Counter scored;
  final Counter warmingUp;
  final Counter withoutValue;
  final Counter anomalies;
  final Counter suppressed;
  final Counter correctionsSkipped;
  final Counter outOfOrder;
  final Counter restored;
  final Counter dropped;
  final Counter forgotten;

  SeriesCounters(MetricGroup operator) {
    MetricGroup metrics = operator.addGroup("tidewatch");
    scored = metrics.counter("rows_scored_total");
    warmingUp = metrics.counter("rows_warming_up_total");
    withoutValue = metrics.counter("rows_without_value_total");
    anomalies = metrics.counter("anomalies_total");
    suppressed = metrics.counter("anomalies_suppressed_total");
    correctionsSkipped = metrics.counter("corrections_skipped_total");
    outOfOrder = metrics.counter("rows_out_of_order_total");
    restored = metrics.counter("detectors_restored_total");
    dropped = metrics.counter("detectors_dropped_total");
    forgotten = metrics.counter("keys_forgotten_total");
  }
}
