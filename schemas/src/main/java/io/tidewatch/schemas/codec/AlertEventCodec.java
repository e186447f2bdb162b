package io.tidewatch.schemas.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import io.tidewatch.schemas.derived.AlertEvent;
import io.tidewatch.schemas.derived.AlertStatus;
import io.tidewatch.schemas.reject.RejectReason;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Alert events as JSON, {@code json/alert-event.v1.schema.json}: what the alert topic, the notifier
 * and the alert table share.
 *
 * <ul>
 *   <li>The fields may stand in any order, each at most once; unknown ones are skipped. All are
 *       required but {@code value} and {@code resolved_at_ms}, where null and absent are the same;
 *       a resolved event must have {@code resolved_at_ms}.
 *   <li>{@code alert_id}, {@code fingerprint}, {@code rule}: text of 1 to {@value #MAX_NAME_CHARS}
 *       characters (Unicode code points) without U+0000 to U+001F; so are the keys of {@code
 *       labels} and {@code annotations}. Label values have at most {@value #MAX_LABEL_CHARS}.
 *   <li>{@code status}: {@code firing} or {@code resolved}.
 *   <li>Annotation values, {@code expr} and {@code reason}: text of at most {@value
 *       #MAX_PROSE_CHARS} characters, where line breaks and tabs may stand.
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

  private static final TextRule NAME = TextRule.name(MAX_NAME_CHARS);
  private static final TextRule LABEL = new TextRule(0, MAX_LABEL_CHARS, false);
  private static final TextRule PROSE = TextRule.prose(MAX_PROSE_CHARS);

  @Override
  public Decoded<AlertEvent> decode(byte @Nullable [] bytes) {
    return JsonMessage.decode(
        bytes, AdmittedBytes.DEFAULT_MAX, (parser, admitted) -> new Reader(parser).read());
  }

  /**
   * The canonical form: all fields in the order of the record, labels and annotations by key, null
   * where there is no value. JSON has no {@code NaN} and no infinity: such a value is null too.
   *
   * @throws IllegalArgumentException when the threshold is not finite
   */
  public byte[] encode(AlertEvent event) {
    return JsonMessage.encode(json -> write(json, event));
  }

  private static void write(JsonGenerator json, AlertEvent event) throws IOException {
    json.writeStringField("alert_id", event.alertId());
    json.writeStringField("fingerprint", event.fingerprint());
    json.writeStringField("rule", event.rule());
    json.writeStringField("status", code(event.status()));
    JsonMessage.writeTexts(json, "labels", event.labels());
    JsonMessage.writeTexts(json, "annotations", event.annotations());
    json.writeStringField("expr", event.expr());
    Double value = event.value();
    if (value == null || !Double.isFinite(value)) {
      json.writeNullField("value");
    } else {
      json.writeNumberField("value", value);
    }
    json.writeNumberField("threshold", JsonMessage.finite(event.threshold(), "threshold"));
    json.writeStringField("reason", event.reason());
    json.writeNumberField("started_at_ms", event.startedAtMs());
    json.writeNumberField("fired_at_ms", event.firedAtMs());
    Long resolvedAtMs = event.resolvedAtMs();
    if (resolvedAtMs == null) {
      json.writeNullField("resolved_at_ms");
    } else {
      json.writeNumberField("resolved_at_ms", resolvedAtMs);
    }
  }

  private static String code(AlertStatus status) {
    return status.name().toLowerCase(Locale.ROOT);
  }

  /** One event while it is being read. */
  private static final class Reader {
    private final JsonParser parser;
    private int seen;
    private @Nullable String alertId;
    private @Nullable String fingerprint;
    private @Nullable String rule;
    private @Nullable AlertStatus status;
    private @Nullable Map<String, String> labels;
    private @Nullable Map<String, String> annotations;
    private @Nullable String expr;
    private @Nullable Double value;
    private @Nullable Double threshold;
    private @Nullable String reason;
    private @Nullable Long startedAtMs;
    private @Nullable Long firedAtMs;
    private @Nullable Long resolvedAtMs;

    Reader(JsonParser parser) {
      this.parser = parser;
    }

    AlertEvent read() throws IOException, Refusal {
      for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
        parser.nextToken();
        readField(name);
      }
      if (status == AlertStatus.RESOLVED && resolvedAtMs == null) {
        throw Refusal.missing("resolved_at_ms", "absent or null in a resolved event");
      }
      return new AlertEvent(
          JsonValues.present(alertId, "alert_id"),
          JsonValues.present(fingerprint, "fingerprint"),
          JsonValues.present(rule, "rule"),
          JsonValues.present(status, "status"),
          JsonValues.present(labels, "labels"),
          JsonValues.present(annotations, "annotations"),
          JsonValues.present(expr, "expr"),
          value,
          JsonValues.present(threshold, "threshold"),
          JsonValues.present(reason, "reason"),
          JsonValues.present(startedAtMs, "started_at_ms"),
          JsonValues.present(firedAtMs, "fired_at_ms"),
          resolvedAtMs);
    }

    private void readField(String name) throws IOException, Refusal {
      switch (name) {
        case "alert_id" -> alertId = once(1).text(NAME);
        case "fingerprint" -> fingerprint = once(1 << 1).text(NAME);
        case "rule" -> rule = once(1 << 2).text(NAME);
        case "status" -> status = once(1 << 3).status();
        case "labels" -> labels = once(1 << 4).texts(LABEL);
        case "annotations" -> annotations = once(1 << 5).texts(PROSE);
        case "expr" -> expr = once(1 << 6).text(PROSE);
        case "value" -> value = once(1 << 7).isNull() ? null : Double.valueOf(number());
        case "threshold" -> threshold = once(1 << 8).number();
        case "reason" -> reason = once(1 << 9).text(PROSE);
        case "started_at_ms" -> startedAtMs = once(1 << 10).time();
        case "fired_at_ms" -> firedAtMs = once(1 << 11).time();
        case "resolved_at_ms" ->
            resolvedAtMs = once(1 << 12).isNull() ? null : Long.valueOf(time());
        default -> parser.skipChildren();
      }
    }

    private Reader once(int field) throws Refusal {
      seen = JsonValues.once(parser, seen, field);
      return this;
    }

    private boolean isNull() {
      return JsonValues.isNull(parser);
    }

    private String text(TextRule textRule) throws IOException, Refusal {
      return JsonValues.text(parser, textRule);
    }

    private Map<String, String> texts(TextRule values) throws IOException, Refusal {
      if (isNull()) {
        throw Refusal.missing(JsonValues.field(parser), "null");
      }
      return JsonValues.texts(parser, NAME, values, MAX_LABELS);
    }

    private double number() throws IOException, Refusal {
      return JsonValues.number(parser, Double.NEGATIVE_INFINITY);
    }

    private long time() throws IOException, Refusal {
      return JsonValues.integer(parser, Long.MIN_VALUE, Long.MAX_VALUE);
    }

    private AlertStatus status() throws IOException, Refusal {
      String found = JsonValues.text(parser, NAME);
      for (AlertStatus candidate : AlertStatus.values()) {
        if (code(candidate).equals(found)) {
          return candidate;
        }
      }
      throw new Refusal(
          RejectReason.INVALID_TEXT,
          "status: must be firing or resolved, was " + DetailLine.quoted(found));
    }
  }
}
