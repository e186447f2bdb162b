package io.tidewatch.cli.chaos;

import io.tidewatch.schemas.event.ApiLatency;
import io.tidewatch.schemas.event.DeviceTelemetry;
import io.tidewatch.schemas.model.TelemetryModel;
import io.tidewatch.schemas.model.WindowSpec;
import io.tidewatch.testkit.FeatureOracle;
import io.tidewatch.testkit.LatencyOracle;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The rows that an input asks for, recomputed the naive way, without code of the jobs. Only the
 * records of windows that are still open are held.
 */
final class ExpectedRows {
  private ExpectedRows() {}

  /**
   * All rows of both tables, with those of their numbers that are compared.
   *
   * @param model of all readings
   * @param latencyWindow windows of the requests
   */
  static Map<RowKey, Map<String, ExpectedValue>> of(
      SentInput input, TelemetryModel model, WindowSpec latencyWindow) {
    Map<RowKey, Map<String, ExpectedValue>> rows = new HashMap<>();
    OpenWindows<DeviceTelemetry> features =
        new OpenWindows<>(
            RowKey.FEATURES,
            reading -> List.of(reading.model(), reading.deviceId()),
            DeviceTelemetry::eventTimeMs,
            model.window().panes(),
            (key, readings) -> rows.put(key, features(readings, model)));
    OpenWindows<ApiLatency> latencies =
        new OpenWindows<>(
            RowKey.LATENCY,
            request -> List.of(request.service(), request.endpoint(), request.method()),
            ApiLatency::eventTimeMs,
            latencyWindow,
            (key, requests) -> rows.put(key, latency(requests, latencyWindow)));
    input.forEach(
        message -> {
          if (message.reading() != null) {
            features.add(message.reading());
          } else if (message.request() != null) {
            latencies.add(message.request());
          }
        });
    features.close(Long.MAX_VALUE);
    latencies.close(Long.MAX_VALUE);
    return rows;
  }

  /** What is wrong with the numbers of a row; null when nothing is. */
  static @Nullable String difference(Map<String, ExpectedValue> wanted, Map<String, Double> got) {
    for (Map.Entry<String, ExpectedValue> entry : wanted.entrySet()) {
      Double value = got.get(entry.getKey());
      if (value == null || !entry.getValue().admits(value)) {
        return "%s must be %s, was %s".formatted(entry.getKey(), entry.getValue().value(), value);
      }
    }
    return null;
  }

  private static Map<String, ExpectedValue> features(
      List<DeviceTelemetry> readings, TelemetryModel model) {
    Map<String, ExpectedValue> values = new HashMap<>();
    values.put("records", ExpectedValue.exact(readings.size()));
    for (int i = 0; i < model.fields().size(); i++) {
      FeatureOracle oracle = FeatureOracle.of(readings, i);
      String field = model.fields().get(i).name();
      values.put(field + "_mean", ExpectedValue.exact(oracle.mean()));
      values.put(field + "_std", ExpectedValue.exact(oracle.std()));
      values.put(field + "_min", ExpectedValue.exact(oracle.min()));
      values.put(field + "_max", ExpectedValue.exact(oracle.max()));
      values.put(field + "_count", ExpectedValue.exact(oracle.count()));
    }
    return values;
  }

  private static Map<String, ExpectedValue> latency(List<ApiLatency> requests, WindowSpec window) {
    LatencyOracle oracle = LatencyOracle.of(requests);
    Map<String, ExpectedValue> values = new HashMap<>();
    values.put("count", ExpectedValue.exact((double) oracle.count()));
    values.put("error_count", ExpectedValue.exact((double) oracle.errors()));
    values.put("rate_per_second", ExpectedValue.exact(oracle.count() / (window.sizeMs() / 1000.0)));
    values.put("error_rate", ExpectedValue.exact(100.0 * oracle.errors() / oracle.count()));
    values.put("mean_ms", ExpectedValue.exact(oracle.meanMs()));
    values.put("max_ms", ExpectedValue.exact(oracle.quantileMs(1)));
    values.put("p50_ms", ExpectedValue.sketched(oracle.quantileMs(.5)));
    values.put("p90_ms", ExpectedValue.sketched(oracle.quantileMs(.9)));
    values.put("p95_ms", ExpectedValue.sketched(oracle.quantileMs(.95)));
    values.put("p99_ms", ExpectedValue.sketched(oracle.quantileMs(.99)));
    return values;
  }
}
