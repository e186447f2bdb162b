package io.tidewatch.jobs.anomaly;

import io.tidewatch.jobs.alerting.AlertUids;

/** Operator ids of the anomaly job. State is found by them: never rename, never reuse. */
final class AnomalyUids {
  static final String SOURCE = "anomaly-source";
  static final String SPLIT = "anomaly-split-rejected";
  static final String MODELS_SOURCE = "anomaly-models-source";
  static final String MODELS_SPLIT = "anomaly-models-split-rejected";
  static final String FOREST = "anomaly-forest";
  static final String DEVICE_SERIES = "anomaly-device-series";
  static final String LATENCY_SOURCE = "anomaly-latency-source";
  static final String LATENCY_SPLIT = "anomaly-latency-split-rejected";
  static final String LATENCY_SERIES = "anomaly-latency-series";
  static final String SERIES = "anomaly-series";
  static final String ROWS_SINK = "anomaly-rows-sink";
  static final String TDENGINE_SINK = "anomaly-rows-tdengine-sink";
  static final String PARQUET_SINK = "anomaly-rows-parquet-sink";
  static final String SCORES_SINK = "anomaly-scores-sink";
  static final String MODELS_SINK = "anomaly-models-sink";
  static final String REJECTED_SINK = "anomaly-rejected-sink";
  static final String MODELS_REJECTED_SINK = "anomaly-models-rejected-sink";
  static final String LATENCY_REJECTED_SINK = "anomaly-latency-rejected-sink";

  static final AlertUids ALERTING =
      new AlertUids(
          "anomaly-rules-source",
          "anomaly-alerts",
          "anomaly-rule-status",
          "anomaly-alerts-sink",
          "anomaly-incidents-sink",
          "anomaly-alert-states-sink",
          "anomaly-rule-status-sink",
          "anomaly-rules-sink");

  private AnomalyUids() {}
}
