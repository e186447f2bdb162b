package io.tidewatch.schemas.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tidewatch.schemas.derived.AnomalyScore;
import io.tidewatch.schemas.derived.ModelStatus;
import io.tidewatch.schemas.derived.ScoreContext;
import io.tidewatch.schemas.derived.Suppression;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;

/**
 * Anomaly scores as JSON, {@code json/anomaly-score.v1.schema.json}: all fields in the order of the
 * schema, shares of features by name. JSON has no {@code NaN}: what is not there is null, {@code
 * trace_ids} absent.
 */
public final class AnomalyScoreEncoder implements MessageEncoder<AnomalyScore> {
  private static final long serialVersionUID = 1;

  @Override
  public byte[] encode(AnomalyScore score) {
    return JsonMessage.encode(json -> write(json, score));
  }

  /** A constant as it stands in messages and in the database. */
  public static String code(Enum<?> constant) {
    return JsonMessage.code(constant);
  }

  private static void write(JsonGenerator json, AnomalyScore score) throws IOException {
    json.writeStringField("model", score.model());
    json.writeStringField("entity", score.entity());
    json.writeStringField("metric", score.metric());
    json.writeNumberField("window_start_ms", score.windowStartMs());
    json.writeNumberField("window_end_ms", score.windowEndMs());
    number(json, "score", score.score());
    number(json, "threshold", score.threshold());
    json.writeBooleanField("is_anomaly", score.anomaly());
    Suppression suppressed = score.suppressed();
    json.writeStringField("suppressed", suppressed == null ? null : code(suppressed));
    json.writeStringField("severity", code(score.severity()));
    number(json, "expected", score.expected());
    number(json, "lower", score.lower());
    number(json, "upper", score.upper());
    json.writeObjectFieldStart("attribution");
    for (Map.Entry<String, Double> share : new TreeMap<>(score.attribution()).entrySet()) {
      json.writeNumberField(share.getKey(), share.getValue());
    }
    json.writeEndObject();
    ModelStatus status = score.status();
    json.writeStringField("state", code(status.state()));
    json.writeStringField("model_version", status.version());
    json.writeNumberField("rows", status.rows());
    json.writeNumberField("rows_needed", status.rowsNeeded());
    json.writeBooleanField("imputed", score.imputed());
    json.writeObjectFieldStart("context_24h");
    ScoreContext context = score.context();
    json.writeNumberField("rows", context.rows());
    number(json, "mean", context.mean());
    number(json, "std", context.std());
    number(json, "p95", context.p95());
    number(json, "p99", context.p99());
    number(json, "percentile", context.percentile());
    json.writeEndObject();
    json.writeNumberField("revision", score.revision());
    TraceIds.writeKnown(json, score.traceIds());
  }

  private static void number(JsonGenerator json, String name, double value) throws IOException {
    if (Double.isFinite(value)) {
      json.writeNumberField(name, value);
    } else {
      json.writeNullField(name);
    }
  }
}
