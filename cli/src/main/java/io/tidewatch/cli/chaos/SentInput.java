package io.tidewatch.cli.chaos;

import io.tidewatch.schemas.event.ApiLatency;
import io.tidewatch.schemas.event.DeviceTelemetry;
import java.util.ArrayList;
import java.util.List;

/** What was written to Kafka, from which what should come out is recomputed. */
final class SentInput {
  private final List<DeviceTelemetry> readings = new ArrayList<>();
  private final List<ApiLatency> requests = new ArrayList<>();
  private long refused;
  private long sent;

  void add(ChaosInput.Message message) {
    sent++;
    if (message.reading() != null) {
      readings.add(message.reading());
    } else if (message.request() != null) {
      requests.add(message.request());
    } else {
      refused++;
    }
  }

  /** All messages. */
  long sent() {
    return sent;
  }

  /** Messages that must be refused. */
  long refused() {
    return refused;
  }

  List<DeviceTelemetry> readings() {
    return readings;
  }

  List<ApiLatency> requests() {
    return requests;
  }
}
