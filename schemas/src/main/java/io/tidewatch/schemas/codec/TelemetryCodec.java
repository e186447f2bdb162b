package io.tidewatch.schemas.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import io.tidewatch.schemas.event.DeviceTelemetry;
import io.tidewatch.schemas.model.TelemetryField;
import io.tidewatch.schemas.model.TelemetryModel;
import io.tidewatch.schemas.model.TelemetryModels;
import io.tidewatch.schemas.reject.RejectReason;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Telemetry as JSON, {@code json/device-telemetry.v1.schema.json}:
 *
 * <pre>{@code
 * {"model":"host","device_id":"web-1","event_time_ms":1700000000000,
 *  "fields":{"cpu_percent":12.5,"x":null},"tags":{"site":"A"},"label":"1"}
 * }</pre>
 *
 * <ul>
 *   <li>The fields may stand in any order, each at most once; unknown ones are skipped, whatever
 *       they hold.
 *   <li>{@code model}, {@code device_id}: text of 1 to {@value #MAX_NAME_CHARS} characters (Unicode
 *       code points) without U+0000 to U+001F and without unpaired surrogates. The model must be a
 *       configured one.
 *   <li>{@code event_time_ms}: integer without fraction and exponent, any {@code long};
 *       milliseconds since 1970-01-01T00:00Z. Whether it is plausible is not judged here.
 *   <li>{@code fields}: required; may be empty. Each value is a finite number in the unit of the
 *       model, or null; null and absent are missing, {@code NaN} in the record. A field the model
 *       does not have is refused or skipped as the model says; whether a value lies in the valid
 *       range of its field is not judged here.
 *   <li>{@code tags}: optional object of at most {@value #MAX_TAGS} texts, keys and values of 1 to
 *       {@value #MAX_NAME_CHARS} characters; null and absent are the empty one.
 *   <li>{@code label}: optional text of 1 to {@value #MAX_NAME_CHARS} characters, or null.
 * </ul>
 *
 * Time and memory are linear in the size of the message, which is limited.
 */
public final class TelemetryCodec
    implements MessageDecoder<DeviceTelemetry>, MessageEncoder<DeviceTelemetry> {
  private static final long serialVersionUID = 1;

  /** Longer names are mistakes, and would make keys of state and database wide. */
  static final int MAX_NAME_CHARS = 256;

  /** A device describes itself in a few words; more is a payload in the wrong place. */
  static final int MAX_TAGS = 64;

  static final TextRule NAME = TextRule.name(MAX_NAME_CHARS);

  private static final int MODEL = 1;
  private static final int DEVICE_ID = 1 << 1;
  private static final int EVENT_TIME_MS = 1 << 2;
  private static final int FIELDS = 1 << 3;
  private static final int TAGS = 1 << 4;
  private static final int LABEL = 1 << 5;

  private final TelemetryModels models;
  private final int maxBytes;

  /** Admits messages of at most 1 MiB. */
  public TelemetryCodec(TelemetryModels models) {
    this(models, AdmittedBytes.DEFAULT_MAX);
  }

  /**
   * @param maxBytes greatest size of a message in bytes, at least 1
   */
  public TelemetryCodec(TelemetryModels models, int maxBytes) {
    this.models = models;
    this.maxBytes = AdmittedBytes.checkedMax(maxBytes);
  }

  @Override
  public Decoded<DeviceTelemetry> decode(byte @Nullable [] bytes) {
    return JsonMessage.decode(bytes, maxBytes, this::read);
  }

  /**
   * The canonical form: fields in the order above, those of the model in its order, tags by key;
   * what is missing is left out.
   *
   * @throws IllegalArgumentException when the record is none: its model is unknown, it has another
   *     number of values than the model, or an infinite one
   */
  @Override
  public byte[] encode(DeviceTelemetry telemetry) {
    List<TelemetryField> fields = fieldsOf(models, telemetry);
    return JsonMessage.encode(json -> write(json, telemetry, fields));
  }

  /**
   * The fields of its model, as many as it has values.
   *
   * @throws IllegalArgumentException when its model is unknown, or has another number of fields
   */
  static List<TelemetryField> fieldsOf(TelemetryModels models, DeviceTelemetry telemetry) {
    List<TelemetryField> fields = models.get(telemetry.model()).fields();
    if (telemetry.values().length != fields.size()) {
      throw new IllegalArgumentException(
          "values: must be %d, was %d".formatted(fields.size(), telemetry.values().length));
    }
    return fields;
  }

  private DeviceTelemetry read(JsonParser parser, byte[] bytes) throws IOException, Refusal {
    int seen = 0;
    TelemetryModel model = null;
    String deviceId = null;
    long eventTimeMs = 0;
    double[] values = null;
    Map<String, String> tags = Map.of();
    String label = null;
    for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
      parser.nextToken();
      switch (name) {
        case "model" -> {
          seen = JsonValues.once(parser, seen, MODEL);
          model = model(parser);
        }
        case "device_id" -> {
          seen = JsonValues.once(parser, seen, DEVICE_ID);
          deviceId = JsonValues.repeatedText(parser, NAME);
        }
        case "event_time_ms" -> {
          seen = JsonValues.once(parser, seen, EVENT_TIME_MS);
          eventTimeMs = JsonValues.integer(parser, Long.MIN_VALUE, Long.MAX_VALUE);
        }
        case "fields" -> {
          seen = JsonValues.once(parser, seen, FIELDS);
          values = FieldValues.read(parser, model == null ? modelAhead(bytes) : model);
        }
        case "tags" -> {
          seen = JsonValues.once(parser, seen, TAGS);
          tags = JsonValues.texts(parser, NAME, NAME, MAX_TAGS);
        }
        case "label" -> {
          seen = JsonValues.once(parser, seen, LABEL);
          label = JsonValues.optionalText(parser, NAME);
        }
        default -> parser.skipChildren();
      }
    }
    String modelName = JsonValues.present(model, "model").name();
    String knownDevice = JsonValues.present(deviceId, "device_id");
    JsonValues.present(seen, EVENT_TIME_MS, "event_time_ms");
    return new DeviceTelemetry(
        modelName, knownDevice, eventTimeMs, JsonValues.present(values, "fields"), tags, label);
  }

  private TelemetryModel model(JsonParser parser) throws IOException, Refusal {
    return known(models, JsonValues.repeatedText(parser, NAME));
  }

  /** The configured model of that name. */
  static TelemetryModel known(TelemetryModels models, String name) throws Refusal {
    TelemetryModel model = models.find(name);
    if (model == null) {
      throw new Refusal(
          RejectReason.UNKNOWN_MODEL,
          "model: must be one of %s, was %s".formatted(models.names(), DetailLine.quoted(name)));
    }
    return model;
  }

  /**
   * The model of a message whose {@code fields} stand before its {@code model}: a second pass, at
   * most one a message, instead of a copy of all fields.
   */
  private TelemetryModel modelAhead(byte[] bytes) throws IOException, Refusal {
    try (JsonParser parser = JsonMessage.open(bytes)) {
      for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
        parser.nextToken();
        if (name.equals("model")) {
          return model(parser);
        }
        parser.skipChildren();
      }
    }
    throw Refusal.missing("model", "absent");
  }

  private static void write(
      JsonGenerator json, DeviceTelemetry telemetry, List<TelemetryField> fields)
      throws IOException {
    json.writeStringField("model", telemetry.model());
    json.writeStringField("device_id", telemetry.deviceId());
    json.writeNumberField("event_time_ms", telemetry.eventTimeMs());
    json.writeObjectFieldStart("fields");
    for (int i = 0; i < fields.size(); i++) {
      double value = telemetry.values()[i];
      if (!Double.isNaN(value)) {
        String name = fields.get(i).name();
        json.writeNumberField(name, JsonMessage.finite(value, name));
      }
    }
    json.writeEndObject();
    if (!telemetry.tags().isEmpty()) {
      JsonMessage.writeTexts(json, "tags", telemetry.tags());
    }
    if (telemetry.label() != null) {
      json.writeStringField("label", telemetry.label());
    }
  }
}
