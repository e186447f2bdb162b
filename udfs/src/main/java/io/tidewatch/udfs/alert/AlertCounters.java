package io.tidewatch.udfs.alert;

import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

/** What is counted while rules are held against series; the names are in docs/operations.md. */
final class AlertCounters {
  final Counter events;
  final Counter skipped;
  final Counter changed;
  final Counter refused;

  AlertCounters(MetricGroup operator) {
    MetricGroup metrics = operator.addGroup("tidewatch");
    events = metrics.counter("alert_events_total");
    skipped = metrics.counter("corrections_skipped_total");
    changed = metrics.counter("rules_changed_total");
    refused = metrics.counter("rules_refused_total");
  }
}
