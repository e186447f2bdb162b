package io.tidewatch.cli.input;

import io.tidewatch.schemas.event.ApiLatency;
import io.tidewatch.schemas.event.DeviceTelemetry;
import java.time.Instant;

/** One record of a replayed file, its time already moved to the time of the replay. */
public sealed interface ReplayRecord {

  /** The moved event time, milliseconds since the epoch. */
  long eventTimeMs();

  /** When it is to be sent, so that it is neither late nor ahead: its event time. */
  default Instant due() {
    return Instant.ofEpochMilli(eventTimeMs());
  }

  /** A reading of a device. */
  record Telemetry(DeviceTelemetry reading) implements ReplayRecord {
    @Override
    public long eventTimeMs() {
      return reading.eventTimeMs();
    }
  }

  /** An answered request. */
  record Latency(ApiLatency request) implements ReplayRecord {
    @Override
    public long eventTimeMs() {
      return request.eventTimeMs();
    }
  }
}
