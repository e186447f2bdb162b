package io.tidewatch.udfs.anomaly;

import io.tidewatch.schemas.reject.RejectReason;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

/** What is counted while rows are scored; the names are in docs/operations.md. */
final class AnomalyCounters {
  final Counter scored;
  final Counter warmingUp;
  final Counter withoutValue;
  final Counter withMissing;
  final Counter notLearnt;
  final Counter anomalies;
  final Counter suppressed;
  final Counter trained;
  final Counter trainingsFailed;
  final Counter imported;
  final Counter rolledBack;
  final Counter own;
  final Counter dropped;
  final Counter forgotten;
  final Counter unknownVersions;

  AnomalyCounters(MetricGroup operator) {
    MetricGroup metrics = operator.addGroup("tidewatch");
    scored = metrics.counter("rows_scored_total");
    warmingUp = metrics.counter("rows_warming_up_total");
    withoutValue = metrics.counter("rows_without_value_total");
    withMissing = metrics.counter("rows_with_missing_total");
    notLearnt = metrics.counter("rows_not_learnt_total");
    anomalies = metrics.counter("anomalies_total");
    suppressed = metrics.counter("anomalies_suppressed_total");
    trained = metrics.counter("models_trained_total");
    trainingsFailed = metrics.counter("trainings_failed_total");
    imported = metrics.counter("models_imported_total");
    rolledBack = metrics.counter("models_rolled_back_total");
    own = metrics.counter("models_own_total");
    dropped = metrics.counter("models_dropped_total");
    forgotten = metrics.counter("keys_forgotten_total");
    unknownVersions =
        metrics.addGroup("reason", RejectReason.UNKNOWN_VERSION.code()).counter("rejected_total");
  }
}
