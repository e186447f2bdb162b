package io.tidewatch.jobs.telemetry;

import io.tidewatch.jobs.alerting.AlertUids;

/** Operator ids of the telemetry job. State is found by them: never rename, never reuse. */
final class TelemetryUids {
  static final String SOURCE = "telemetry-source";
  static final String SPLIT = "telemetry-split-rejected";
  static final String CLEAN = "telemetry-clean";
  static final String PARTIALS = "telemetry-partials";
  static final String BY_TIME = "telemetry-by-time";
  static final String BY_POINTS = "telemetry-by-points";
  static final String FEATURES = "telemetry-features";
  static final String POINTS = "telemetry-points";
  static final String ALERTS = "telemetry-alerts";
  static final String FEATURES_SINK = "telemetry-features-sink";
  static final String FEATURES_TDENGINE_SINK = "telemetry-features-tdengine-sink";
  static final String FEATURES_PARQUET_SINK = "telemetry-features-parquet-sink";
  static final String ALERTS_SINK = "telemetry-alerts-sink";
  static final String REJECTED_SINK = "telemetry-rejected-sink";
  static final String READINGS_SINK = "telemetry-readings-sink";
  static final String READINGS_PARQUET_SINK = "telemetry-readings-parquet-sink";
  static final String LATE_SINK = "telemetry-late-sink";
  static final String SCALERS_SOURCE = "telemetry-scalers-source";
  static final String SCALERS_SPLIT = "telemetry-scalers-split-rejected";
  static final String SCALE = "telemetry-scale";
  static final String VECTORS_SINK = "telemetry-vectors-sink";
  static final String SCALERS_REJECTED_SINK = "telemetry-scalers-rejected-sink";

  static final AlertUids ALERTING =
      new AlertUids(
          "telemetry-rules-source",
          ALERTS,
          "telemetry-rule-status",
          ALERTS_SINK,
          "telemetry-incidents-sink",
          "telemetry-alert-states-sink",
          "telemetry-rule-status-sink",
          "telemetry-rules-sink");

  private TelemetryUids() {}
}
