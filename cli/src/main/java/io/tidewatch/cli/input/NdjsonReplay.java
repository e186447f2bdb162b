package io.tidewatch.cli.input;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tidewatch.schemas.event.ApiLatency;
import io.tidewatch.schemas.event.DeviceTelemetry;
import io.tidewatch.schemas.model.TelemetryField;
import io.tidewatch.schemas.model.TelemetryModel;
import io.tidewatch.schemas.model.TelemetryModels;
import io.tidewatch.schemas.model.UnknownFields;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One message a line, as it would stand in the topic: readings have a {@code device_id}, requests a
 * {@code service}.
 */
final class NdjsonReplay implements ReplayFormat {
  private static final ObjectReader JSON =
      JsonMapper.builder()
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build()
          .readerFor(JsonNode.class);

  private final @Nullable ReplayKind said;
  private final TelemetryModels models;

  NdjsonReplay(ReplayOptions options, TelemetryModels models) {
    this.said = options.kind();
    this.models = models;
  }

  @Override
  public boolean hasHeader() {
    return false;
  }

  @Override
  public ReplayRecord read(ReplayLine line) {
    JsonNode message = parse(line);
    boolean reading = message.has("device_id");
    if (reading == message.has("service")) {
      throw line.refused("1", line.text(), "an object with either device_id or service");
    }
    ReplayKind kind = reading ? ReplayKind.TELEMETRY : ReplayKind.API_LATENCY;
    if (said != null && said != kind) {
      throw line.refused("1", line.text(), "a message of the kind " + said);
    }
    return reading ? reading(line, message) : request(line, message);
  }

  private static JsonNode parse(ReplayLine line) {
    try {
      JsonNode message = JSON.readValue(line.text());
      if (message.isObject()) {
        return message;
      }
    } catch (JsonProcessingException e) {
      int column = e.getLocation() == null ? 1 : Math.max(1, e.getLocation().getColumnNr());
      throw line.refused(
          String.valueOf(column),
          line.text(),
          "one JSON object (" + e.getOriginalMessage().replaceAll("\\s+", " ") + ")",
          e);
    }
    throw line.refused("1", line.text(), "one JSON object");
  }

  private ReplayRecord reading(ReplayLine line, JsonNode message) {
    String modelName = text(line, message, "model");
    TelemetryModel model = models.find(modelName);
    if (model == null) {
      throw line.refused("model", modelName, "one of " + models.names());
    }
    return new ReplayRecord.Telemetry(
        new DeviceTelemetry(
            modelName,
            text(line, message, "device_id"),
            time(line, message),
            values(line, message.path("fields"), model),
            tags(line, message.path("tags")),
            optionalText(line, message, "label")));
  }

  private static double[] values(ReplayLine line, JsonNode given, TelemetryModel model) {
    if (!given.isObject()) {
      throw line.refused("fields", given.toString(), "an object of numbers");
    }
    List<String> names = model.fields().stream().map(TelemetryField::name).toList();
    double[] values = new double[names.size()];
    Arrays.fill(values, Double.NaN);
    for (Map.Entry<String, JsonNode> entry : given.properties()) {
      int index = names.indexOf(entry.getKey());
      if (index < 0 && model.unknownFields() == UnknownFields.REJECT) {
        throw line.refused("fields", entry.getKey(), "one of " + names);
      }
      if (index >= 0 && !entry.getValue().isNull()) {
        values[index] = number(line, entry.getKey(), entry.getValue());
      }
    }
    return values;
  }

  private static Map<String, String> tags(ReplayLine line, JsonNode given) {
    Map<String, String> tags = new LinkedHashMap<>();
    if (given.isMissingNode() || given.isNull()) {
      return tags;
    }
    if (!given.isObject()) {
      throw line.refused("tags", given.toString(), "an object of texts");
    }
    for (Map.Entry<String, JsonNode> tag : given.properties()) {
      if (!tag.getValue().isTextual()) {
        throw line.refused("tags." + tag.getKey(), tag.getValue().toString(), "a text");
      }
      tags.put(tag.getKey(), tag.getValue().textValue());
    }
    return tags;
  }

  private static ReplayRecord request(ReplayLine line, JsonNode message) {
    JsonNode status = message.path("status");
    if (!status.isInt() || status.intValue() < 100 || status.intValue() > 599) {
      throw line.refused("status", status.toString(), "an HTTP status, 100 to 599");
    }
    JsonNode duration = message.path("duration_ms");
    double durationMs = number(line, "duration_ms", duration);
    if (durationMs < 0) {
      throw line.refused("duration_ms", duration.toString(), "a duration in milliseconds, ≥ 0");
    }
    return new ReplayRecord.Latency(
        new ApiLatency(
            text(line, message, "service"),
            text(line, message, "endpoint"),
            method(line, message),
            status.intValue(),
            durationMs,
            time(line, message),
            optionalText(line, message, "trace_id")));
  }

  private static String method(ReplayLine line, JsonNode message) {
    String method = text(line, message, "method");
    if (!method.matches("[A-Z]{1,16}")) {
      throw line.refused("method", method, "an HTTP method, upper case");
    }
    return method;
  }

  private static long time(ReplayLine line, JsonNode message) {
    JsonNode time = message.path("event_time_ms");
    if (!time.isIntegralNumber() || !time.canConvertToLong()) {
      throw line.refused("event_time_ms", time.toString(), "milliseconds since the epoch");
    }
    return time.longValue();
  }

  private static double number(ReplayLine line, String name, JsonNode node) {
    if (!node.isNumber() || !Double.isFinite(node.doubleValue())) {
      throw line.refused(name, node.toString(), "a finite number");
    }
    return node.doubleValue();
  }

  private static String text(ReplayLine line, JsonNode message, String name) {
    String text = optionalText(line, message, name);
    if (text == null || text.isEmpty()) {
      throw line.refused(name, message.path(name).toString(), "a text");
    }
    return text;
  }

  private static @Nullable String optionalText(ReplayLine line, JsonNode message, String name) {
    JsonNode node = message.path(name);
    if (node.isMissingNode() || node.isNull()) {
      return null;
    }
    if (!node.isTextual()) {
      throw line.refused(name, node.toString(), "a text");
    }
    return node.textValue();
  }
}
