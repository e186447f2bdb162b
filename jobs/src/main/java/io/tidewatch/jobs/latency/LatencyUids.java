package io.tidewatch.jobs.latency;

import io.tidewatch.jobs.alerting.AlertUids;

/** Operator ids of the latency job. State is found by them: never rename, never reuse. */
final class LatencyUids {
  static final String SOURCE = "latency-source";
  static final String SPLIT = "latency-split-rejected";
  static final String PARTIALS = "latency-partials";
  static final String ENDPOINTS = "latency-endpoints";
  static final String WINDOWS = "latency-windows";
  static final String ALERTS = "latency-alerts";
  static final String WINDOWS_SINK = "latency-windows-sink";
  static final String TDENGINE_SINK = "latency-windows-tdengine-sink";
  static final String PARQUET_SINK = "latency-windows-parquet-sink";
  static final String TOPIC_SINK = "latency-windows-topic-sink";
  static final String ALERTS_SINK = "latency-alerts-sink";
  static final String REJECTED_SINK = "latency-rejected-sink";
  static final String LATE_SINK = "latency-late-sink";

  static final AlertUids ALERTING =
      new AlertUids(
          "latency-rules-source",
          ALERTS,
          "latency-rule-status",
          ALERTS_SINK,
          "latency-incidents-sink",
          "latency-alert-states-sink",
          "latency-rule-status-sink",
          "latency-rules-sink");

  private LatencyUids() {}
}
