package io.tidewatch.schemas.codec;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.tidewatch.schemas.derived.AnomalyScore;
import io.tidewatch.schemas.derived.ModelState;
import io.tidewatch.schemas.derived.ModelStatus;
import io.tidewatch.schemas.derived.ScoreContext;
import io.tidewatch.schemas.derived.Severity;
import io.tidewatch.schemas.derived.Suppression;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One anomaly score while it is being read; the contract is that of {@link AnomalyScoreDecoder}.
 */
final class AnomalyScoreReader {
  private static final TextRule NAME = TextRule.name(AnomalyScoreDecoder.MAX_NAME_CHARS);
  private static final TextRule ENTITY = TextRule.name(AnomalyScoreDecoder.MAX_ENTITY_CHARS);

  private final JsonParser parser;
  private int seen;
  private @Nullable String model;
  private @Nullable String entity;
  private @Nullable String metric;
  private @Nullable Long windowStartMs;
  private @Nullable Long windowEndMs;
  private double score = Double.NaN;
  private double threshold = Double.NaN;
  private @Nullable Boolean anomaly;
  private @Nullable Suppression suppressed;
  private @Nullable Severity severity;
  private double expected = Double.NaN;
  private double lower = Double.NaN;
  private double upper = Double.NaN;
  private @Nullable Map<String, Double> attribution;
  private @Nullable ModelState state;
  private @Nullable String modelVersion;
  private @Nullable Long rows;
  private @Nullable Long rowsNeeded;
  private @Nullable Boolean imputed;
  private @Nullable ScoreContext context;
  private @Nullable Long revision;
  private List<String> traceIds = List.of();

  AnomalyScoreReader(JsonParser parser) {
    this.parser = parser;
  }

  AnomalyScore read() throws IOException, Refusal {
    for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
      parser.nextToken();
      readField(name);
    }
    long startMs = JsonValues.present(windowStartMs, "window_start_ms");
    long endMs = JsonValues.present(windowEndMs, "window_end_ms");
    FeatureVectorDecoder.requireAfter(startMs, endMs);
    return new AnomalyScore(
        JsonValues.present(model, "model"),
        JsonValues.present(entity, "entity"),
        JsonValues.present(metric, "metric"),
        startMs,
        endMs,
        score,
        threshold,
        JsonValues.present(anomaly, "is_anomaly"),
        suppressed,
        JsonValues.present(severity, "severity"),
        expected,
        lower,
        upper,
        JsonValues.present(attribution, "attribution"),
        new ModelStatus(
            JsonValues.present(state, "state"),
            modelVersion,
            JsonValues.present(rows, "rows"),
            JsonValues.present(rowsNeeded, "rows_needed")),
        JsonValues.present(imputed, "imputed"),
        JsonValues.present(context, "context_24h"),
        Math.toIntExact(JsonValues.present(revision, "revision")),
        traceIds);
  }

  private void readField(String name) throws IOException, Refusal {
    switch (name) {
      case "model" -> model = once(1).text(NAME);
      case "entity" -> entity = once(1 << 1).text(ENTITY);
      case "metric" -> metric = once(1 << 2).text(NAME);
      case "window_start_ms" -> windowStartMs = once(1 << 3).integer(Long.MIN_VALUE);
      case "window_end_ms" -> windowEndMs = once(1 << 4).integer(Long.MIN_VALUE);
      case "score" -> score = once(1 << 5).optionalShare();
      case "threshold" -> threshold = once(1 << 6).optionalShare();
      case "is_anomaly" -> anomaly = JsonValues.truth(once(1 << 7).parser);
      case "severity" ->
          severity = JsonValues.constant(once(1 << 8).parser, NAME, Severity.values());
      case "expected" -> expected = once(1 << 9).optionalNumber();
      case "lower" -> lower = once(1 << 10).optionalNumber();
      case "upper" -> upper = once(1 << 11).optionalNumber();
      case "attribution" ->
          attribution =
              JsonValues.shares(once(1 << 12).parser, NAME, AnomalyScoreDecoder.MAX_SHARES);
      case "state" -> state = JsonValues.constant(once(1 << 13).parser, NAME, ModelState.values());
      case "model_version" -> modelVersion = JsonValues.optionalText(once(1 << 14).parser, NAME);
      case "rows" -> rows = once(1 << 15).integer(0);
      case "rows_needed" -> rowsNeeded = once(1 << 16).integer(1);
      case "imputed" -> imputed = JsonValues.truth(once(1 << 17).parser);
      case "context_24h" -> context = once(1 << 18).day();
      case "suppressed" -> suppressed = once(1 << 20).optionalConstant(Suppression.values());
      case "revision" -> {
        once(1 << 19);
        revision = JsonValues.integer(parser, 0, Integer.MAX_VALUE);
      }
      case TraceIds.FIELD ->
          traceIds = TraceIds.read(once(1 << 21).parser, ApiLatencyCodec.TRACE_ID_RULE);
      default -> parser.skipChildren();
    }
  }

  private ScoreContext day() throws IOException, Refusal {
    JsonValues.require(parser, JsonToken.START_OBJECT, "an object");
    int seenOfDay = 0;
    Long values = null;
    double mean = Double.NaN;
    double std = Double.NaN;
    double p95 = Double.NaN;
    double p99 = Double.NaN;
    double percentile = Double.NaN;
    for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
      parser.nextToken();
      switch (name) {
        case "rows" -> {
          seenOfDay = JsonValues.once(parser, seenOfDay, 1);
          values = integer(0);
        }
        case "mean" -> {
          seenOfDay = JsonValues.once(parser, seenOfDay, 1 << 1);
          mean = optionalNumber();
        }
        case "std" -> {
          seenOfDay = JsonValues.once(parser, seenOfDay, 1 << 2);
          std = optionalNumber();
        }
        case "p95" -> {
          seenOfDay = JsonValues.once(parser, seenOfDay, 1 << 3);
          p95 = optionalNumber();
        }
        case "p99" -> {
          seenOfDay = JsonValues.once(parser, seenOfDay, 1 << 4);
          p99 = optionalNumber();
        }
        case "percentile" -> {
          seenOfDay = JsonValues.once(parser, seenOfDay, 1 << 5);
          percentile = optionalNumber();
        }
        default -> parser.skipChildren();
      }
    }
    return new ScoreContext(
        JsonValues.present(values, "context_24h.rows"), mean, std, p95, p99, percentile);
  }

  private AnomalyScoreReader once(int field) throws Refusal {
    seen = JsonValues.once(parser, seen, field);
    return this;
  }

  private String text(TextRule rule) throws IOException, Refusal {
    return JsonValues.repeatedText(parser, rule);
  }

  private long integer(long min) throws IOException, Refusal {
    return JsonValues.integer(parser, min, Long.MAX_VALUE);
  }

  private double optionalNumber() throws IOException, Refusal {
    return JsonValues.isNull(parser)
        ? Double.NaN
        : JsonValues.number(parser, Double.NEGATIVE_INFINITY);
  }

  private double optionalShare() throws IOException, Refusal {
    return JsonValues.isNull(parser) ? Double.NaN : JsonValues.share(parser);
  }

  private <E extends Enum<E>> @Nullable E optionalConstant(E[] all) throws IOException, Refusal {
    return JsonValues.isNull(parser) ? null : JsonValues.constant(parser, NAME, all);
  }
}
