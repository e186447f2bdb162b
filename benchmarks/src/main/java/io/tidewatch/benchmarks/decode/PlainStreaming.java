package io.tidewatch.benchmarks.decode;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.tidewatch.schemas.event.ApiLatency;
import io.tidewatch.schemas.event.DeviceTelemetry;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * What one writes with Jackson's parser when one thinks of good messages only: no rule of the
 * contract is held, nothing is said twice or missing.
 */
final class PlainStreaming {
  private static final JsonFactory JSON =
      new JsonFactoryBuilder().enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER).build();
  private static final List<String> FIELDS =
      MessageKind.MODELS.get("welding").fields().stream().map(field -> field.name()).toList();

  private PlainStreaming() {}

  static ApiLatency latency(byte[] message) throws IOException {
    String service = "";
    String endpoint = "";
    String method = "";
    int status = 0;
    double durationMs = 0;
    long eventTimeMs = 0;
    try (JsonParser parser = JSON.createParser(message)) {
      parser.nextToken();
      for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
        parser.nextToken();
        switch (name) {
          case "service" -> service = parser.getText();
          case "endpoint" -> endpoint = parser.getText();
          case "method" -> method = parser.getText();
          case "status" -> status = parser.getIntValue();
          case "duration_ms" -> durationMs = parser.getDoubleValue();
          case "event_time_ms" -> eventTimeMs = parser.getLongValue();
          default -> parser.skipChildren();
        }
      }
    }
    return new ApiLatency(service, endpoint, method, status, durationMs, eventTimeMs, null);
  }

  static DeviceTelemetry telemetry(byte[] message) throws IOException {
    String model = "";
    String deviceId = "";
    long eventTimeMs = 0;
    double[] values = new double[FIELDS.size()];
    Arrays.fill(values, Double.NaN);
    try (JsonParser parser = JSON.createParser(message)) {
      parser.nextToken();
      for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
        parser.nextToken();
        switch (name) {
          case "model" -> model = parser.getText();
          case "device_id" -> deviceId = parser.getText();
          case "event_time_ms" -> eventTimeMs = parser.getLongValue();
          case "fields" -> values(parser, values);
          default -> parser.skipChildren();
        }
      }
    }
    return new DeviceTelemetry(model, deviceId, eventTimeMs, values, Map.of(), null);
  }

  private static void values(JsonParser parser, double[] values) throws IOException {
    for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
      parser.nextToken();
      values[FIELDS.indexOf(name)] = parser.getDoubleValue();
    }
  }
}
