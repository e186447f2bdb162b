package io.tidewatch.cli.chaos;

import java.time.Instant;
import java.util.List;

/**
 * Natural key of a row.
 *
 * @param table one of the two below
 * @param series model and device, or service, endpoint and method
 * @param startMs start of the window, milliseconds since the epoch
 * @param endMs its end
 */
record RowKey(String table, List<String> series, long startMs, long endMs) {
  static final String FEATURES = "device_features";
  static final String LATENCY = "api_latency_windows";
  static final List<String> TABLES = List.of(FEATURES, LATENCY);

  @Override
  public String toString() {
    return "%s %s %s".formatted(table, series, Instant.ofEpochMilli(endMs));
  }
}
