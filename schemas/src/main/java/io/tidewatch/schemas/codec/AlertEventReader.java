package io.tidewatch.schemas.codec;

import com.fasterxml.jackson.core.JsonParser;
import io.tidewatch.schemas.derived.AlertEvent;
import io.tidewatch.schemas.derived.AlertStatus;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One alert event while it is being read; the contract is that of {@link AlertEventCodec}. */
final class AlertEventReader {
  private static final TextRule NAME = TextRule.name(AlertEventCodec.MAX_NAME_CHARS);
  private static final TextRule LABEL = new TextRule(0, AlertEventCodec.MAX_LABEL_CHARS, false);
  private static final TextRule PROSE = TextRule.prose(AlertEventCodec.MAX_PROSE_CHARS);

  private final JsonParser parser;
  private int seen;
  private @Nullable String alertId;
  private @Nullable String eventId;
  private @Nullable String fingerprint;
  private @Nullable String rule;
  private @Nullable String ruleVersion;
  private @Nullable AlertStatus status;
  private @Nullable Boolean notifies;
  private @Nullable String suppressedBy;
  private @Nullable Map<String, String> labels;
  private @Nullable Map<String, String> annotations;
  private @Nullable String expr;
  private @Nullable Double value;
  private @Nullable Double threshold;
  private @Nullable String reason;
  private @Nullable Long startedAtMs;
  private @Nullable Long firedAtMs;
  private @Nullable Long resolvedAtMs;
  private @Nullable Long windowEndMs;
  private @Nullable String modelVersion;
  private Map<String, Double> attribution = Map.of();
  private List<String> traceIds = List.of();

  AlertEventReader(JsonParser parser) {
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
    if (status == AlertStatus.SUPPRESSED && suppressedBy == null) {
      throw Refusal.missing("suppressed_by", "absent or null in a suppressed event");
    }
    return new AlertEvent(
        JsonValues.present(alertId, "alert_id"),
        JsonValues.present(eventId, "event_id"),
        JsonValues.present(fingerprint, "fingerprint"),
        JsonValues.present(rule, "rule"),
        JsonValues.present(ruleVersion, "rule_version"),
        JsonValues.present(status, "status"),
        JsonValues.present(notifies, "notify"),
        suppressedBy,
        JsonValues.present(labels, "labels"),
        JsonValues.present(annotations, "annotations"),
        JsonValues.present(expr, "expr"),
        value,
        threshold,
        JsonValues.present(reason, "reason"),
        JsonValues.present(startedAtMs, "started_at_ms"),
        JsonValues.present(firedAtMs, "fired_at_ms"),
        resolvedAtMs,
        windowEndMs,
        modelVersion,
        attribution,
        traceIds);
  }

  private void readField(String name) throws IOException, Refusal {
    switch (name) {
      case "alert_id" -> alertId = once(1).text(NAME);
      case "event_id" -> eventId = once(1 << 1).text(NAME);
      case "fingerprint" -> fingerprint = once(1 << 2).text(NAME);
      case "rule" -> rule = once(1 << 3).text(NAME);
      case "rule_version" -> ruleVersion = once(1 << 4).text(NAME);
      case "status" ->
          status = JsonValues.constant(once(1 << 5).parser, NAME, AlertStatus.values());
      case "notify" -> notifies = JsonValues.truth(once(1 << 6).parser);
      case "suppressed_by" -> suppressedBy = once(1 << 7).optionalText(PROSE);
      case "labels" -> labels = once(1 << 8).texts(LABEL);
      case "annotations" -> annotations = once(1 << 9).texts(PROSE);
      case "expr" -> expr = once(1 << 10).text(PROSE);
      case "value" -> value = once(1 << 11).optionalNumber();
      case "threshold" -> threshold = once(1 << 12).optionalNumber();
      case "reason" -> reason = once(1 << 13).text(PROSE);
      case "started_at_ms" -> startedAtMs = once(1 << 14).time();
      case "fired_at_ms" -> firedAtMs = once(1 << 15).time();
      case "resolved_at_ms" -> resolvedAtMs = once(1 << 16).optionalTime();
      case "window_end_ms" -> windowEndMs = once(1 << 17).optionalTime();
      case "model_version" -> modelVersion = once(1 << 18).optionalText(NAME);
      case "attribution" -> attribution = once(1 << 19).shares();
      case "trace_ids" -> traceIds = TraceIds.read(once(1 << 20).parser, NAME);
      default -> parser.skipChildren();
    }
  }

  private AlertEventReader once(int field) throws Refusal {
    seen = JsonValues.once(parser, seen, field);
    return this;
  }

  private boolean isNull() {
    return JsonValues.isNull(parser);
  }

  private String text(TextRule textRule) throws IOException, Refusal {
    return JsonValues.text(parser, textRule);
  }

  private @Nullable String optionalText(TextRule textRule) throws IOException, Refusal {
    return JsonValues.optionalText(parser, textRule);
  }

  private Map<String, String> texts(TextRule values) throws IOException, Refusal {
    if (isNull()) {
      throw Refusal.missing(JsonValues.field(parser), "null");
    }
    return JsonValues.texts(parser, NAME, values, AlertEventCodec.MAX_LABELS);
  }

  private @Nullable Double optionalNumber() throws IOException, Refusal {
    return isNull() ? null : Double.valueOf(JsonValues.number(parser, Double.NEGATIVE_INFINITY));
  }

  private long time() throws IOException, Refusal {
    return JsonValues.integer(parser, Long.MIN_VALUE, Long.MAX_VALUE);
  }

  private @Nullable Long optionalTime() throws IOException, Refusal {
    return isNull() ? null : Long.valueOf(time());
  }

  private Map<String, Double> shares() throws IOException, Refusal {
    return isNull() ? Map.of() : JsonValues.shares(parser, NAME, AlertEventCodec.MAX_LABELS);
  }
}
