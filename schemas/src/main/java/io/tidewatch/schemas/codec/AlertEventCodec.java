package io.tidewatch.schemas.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tidewatch.schemas.derived.AlertEvent;
import io.tidewatch.schemas.derived.AlertStatus;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Alert events as JSON, {@code json/alert-event.v1.schema.json}: what the alert topic, the notifier
 * and the alert table share.
 *
 * <ul>
 *   <li>The fields may stand in any order, each at most once; unknown ones are skipped. All are
 *       required but {@code suppressed_by}, {@code value}, {@code threshold}, {@code
 *       resolved_at_ms}, {@code window_end_ms}, {@code model_version}, {@code attribution} and
 *       {@code trace_ids}, where null and absent are the same; a resolved event must have {@code
 *       resolved_at_ms}, a suppressed one {@code suppressed_by}.
 *   <li>{@code alert_id}, {@code event_id}, {@code fingerprint}, {@code rule}, {@code
 *       rule_version}, {@code model_version} and each of {@code trace_ids}: text of 1 to {@value
 *       #MAX_NAME_CHARS} characters (Unicode code points) without U+0000 to U+001F; so are the keys
 *       of {@code labels}, {@code annotations} and {@code attribution}. Label values have at most
 *       {@value #MAX_LABEL_CHARS}.
 *   <li>{@code status}: {@code firing}, {@code resolved}, {@code suppressed}, {@code flapping} or
 *       {@code no_data}.
 *   <li>Annotation values, {@code expr}, {@code reason} and {@code suppressed_by}: text of at most
 *       {@value #MAX_PROSE_CHARS} characters, where line breaks and tabs may stand.
 *   <li>At most {@value #MAX_LABELS} labels, annotations and shares, at most {@value TraceIds#MAX}
 *       trace ids. A share is a number from 0 to 1.
 *   <li>Times: integers, milliseconds since 1970-01-01T00:00Z.
 * </ul>
 */
public final class AlertEventCodec implements MessageDecoder<AlertEvent> {
  private static final long serialVersionUID = 1;

  static final int MAX_NAME_CHARS = 256;

  /** The longest name that comes from an event. */
  static final int MAX_LABEL_CHARS = ApiLatencyCodec.MAX_ENDPOINT_CHARS;

  /** A page of text; chat and mail cut there too. */
  static final int MAX_PROSE_CHARS = 4_096;

  /** Those of the rule and those of the series, with room to spare. */
  static final int MAX_LABELS = 64;

  @Override
  public Decoded<AlertEvent> decode(byte @Nullable [] bytes) {
    return JsonMessage.decode(
        bytes,
        AdmittedBytes.DEFAULT_MAX,
        (parser, admitted) -> new AlertEventReader(parser).read());
  }

  /**
   * The canonical form: all fields in the order of the record, maps by key, null where there is no
   * value. JSON has no {@code NaN} and no infinity: such a value is null too.
   *
   * @throws IllegalArgumentException when the threshold or a share is not finite
   */
  public byte[] encode(AlertEvent event) {
    return JsonMessage.encode(json -> write(json, event));
  }

  /** The status as it stands in messages and in the database. */
  public static String code(AlertStatus status) {
    return JsonMessage.code(status);
  }

  private static void write(JsonGenerator json, AlertEvent event) throws IOException {
    json.writeStringField("alert_id", event.alertId());
    json.writeStringField("event_id", event.eventId());
    json.writeStringField("fingerprint", event.fingerprint());
    json.writeStringField("rule", event.rule());
    json.writeStringField("rule_version", event.ruleVersion());
    json.writeStringField("status", code(event.status()));
    json.writeBooleanField("notify", event.notifies());
    json.writeStringField("suppressed_by", event.suppressedBy());
    JsonMessage.writeTexts(json, "labels", event.labels());
    JsonMessage.writeTexts(json, "annotations", event.annotations());
    json.writeStringField("expr", event.expr());
    Double value = event.value();
    writeNumber(json, "value", value == null || !Double.isFinite(value) ? null : value);
    writeNumber(json, "threshold", event.threshold());
    json.writeStringField("reason", event.reason());
    json.writeNumberField("started_at_ms", event.startedAtMs());
    json.writeNumberField("fired_at_ms", event.firedAtMs());
    writeTime(json, "resolved_at_ms", event.resolvedAtMs());
    writeTime(json, "window_end_ms", event.windowEndMs());
    json.writeStringField("model_version", event.modelVersion());
    json.writeObjectFieldStart("attribution");
    for (Map.Entry<String, Double> share : new TreeMap<>(event.attribution()).entrySet()) {
      json.writeNumberField(
          share.getKey(), JsonMessage.finite(share.getValue(), "attribution." + share.getKey()));
    }
    json.writeEndObject();
    TraceIds.write(json, event.traceIds());
  }

  private static void writeNumber(JsonGenerator json, String name, @Nullable Double number)
      throws IOException {
    if (number == null) {
      json.writeNullField(name);
    } else {
      json.writeNumberField(name, JsonMessage.finite(number, name));
    }
  }

  private static void writeTime(JsonGenerator json, String name, @Nullable Long timeMs)
      throws IOException {
    if (timeMs == null) {
      json.writeNullField(name);
    } else {
      json.writeNumberField(name, timeMs);
    }
  }
}
