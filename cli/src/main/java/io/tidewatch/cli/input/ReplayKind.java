package io.tidewatch.cli.input;

/** What the records of a replayed file are. */
public enum ReplayKind {
  /** Requests: {@link io.tidewatch.schemas.event.ApiLatency}. */
  API_LATENCY,
  /** Readings: {@link io.tidewatch.schemas.event.DeviceTelemetry}. */
  TELEMETRY
}
