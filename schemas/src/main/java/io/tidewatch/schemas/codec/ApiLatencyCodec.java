package io.tidewatch.schemas.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import io.tidewatch.schemas.event.ApiLatency;
import io.tidewatch.schemas.reject.RejectReason;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Request latency as JSON, {@code json/api-latency.v1.schema.json}:
 *
 * <pre>{@code
 * {"service":"shop","endpoint":"/orders/{id}","method":"GET","status":200,"duration_ms":12.5,
 *  "event_time_ms":1700000000000,"trace_id":"4bf92f3577b34da6a3ce929d0e0e4736"}
 * }</pre>
 *
 * <ul>
 *   <li>The fields may stand in any order, each at most once; unknown ones are skipped, whatever
 *       they hold. All are required but {@code trace_id}; null counts as absent.
 *   <li>{@code service}: text of 1 to {@value #MAX_SERVICE_CHARS} characters (Unicode code points),
 *       {@code endpoint}: of 1 to {@value #MAX_ENDPOINT_CHARS}, {@code trace_id}: of 1 to {@value
 *       #MAX_TRACE_ID_CHARS}; each without U+0000 to U+001F and without unpaired surrogates.
 *   <li>{@code method}: 1 to {@value #MAX_METHOD_CHARS} letters A to Z; lower case is refused, not
 *       mended.
 *   <li>{@code status}: integer from {@value #MIN_STATUS} to {@value #MAX_STATUS}.
 *   <li>{@code duration_ms}: finite number of milliseconds, not negative.
 *   <li>{@code event_time_ms}: integer without fraction and exponent, any {@code long};
 *       milliseconds since 1970-01-01T00:00Z. Whether it is plausible is not judged here.
 * </ul>
 */
public final class ApiLatencyCodec
    implements MessageDecoder<ApiLatency>, MessageEncoder<ApiLatency> {
  private static final long serialVersionUID = 1;

  static final int MAX_SERVICE_CHARS = 256;

  /**
   * A route template, not a raw path: it is part of the key of state and table. With 512 characters
   * of four bytes the key would not fit an index of PostgreSQL, which takes 2,704 bytes.
   */
  static final int MAX_ENDPOINT_CHARS = 256;

  /**
   * Far above {@code PROPPATCH}; rare methods with a hyphen or 17 letters are not worth a series.
   */
  static final int MAX_METHOD_CHARS = 16;

  /** A W3C trace id has 32; other tracers use up to twice that. */
  static final int MAX_TRACE_ID_CHARS = 64;

  static final int MIN_STATUS = 100;
  static final int MAX_STATUS = 599;

  static final TextRule SERVICE_RULE = TextRule.name(MAX_SERVICE_CHARS);
  static final TextRule ENDPOINT_RULE = TextRule.name(MAX_ENDPOINT_CHARS);
  static final TextRule METHOD_RULE = TextRule.name(MAX_METHOD_CHARS);
  static final TextRule TRACE_ID_RULE = TextRule.name(MAX_TRACE_ID_CHARS);

  private static final int SERVICE = 1;
  private static final int ENDPOINT = 1 << 1;
  private static final int METHOD = 1 << 2;
  private static final int STATUS = 1 << 3;
  private static final int DURATION_MS = 1 << 4;
  private static final int EVENT_TIME_MS = 1 << 5;
  private static final int TRACE_ID = 1 << 6;

  private final int maxBytes;

  /** Admits messages of at most 1 MiB. */
  public ApiLatencyCodec() {
    this(AdmittedBytes.DEFAULT_MAX);
  }

  /**
   * @param maxBytes greatest size of a message in bytes, at least 1
   */
  public ApiLatencyCodec(int maxBytes) {
    this.maxBytes = AdmittedBytes.checkedMax(maxBytes);
  }

  @Override
  public Decoded<ApiLatency> decode(byte @Nullable [] bytes) {
    return JsonMessage.decode(bytes, maxBytes, (parser, admitted) -> read(parser));
  }

  /**
   * The canonical form: fields in the order above; an unknown trace id is left out.
   *
   * @throws IllegalArgumentException when the duration is not finite
   */
  @Override
  public byte[] encode(ApiLatency latency) {
    return JsonMessage.encode(json -> write(json, latency));
  }

  private static ApiLatency read(JsonParser parser) throws IOException, Refusal {
    int seen = 0;
    String service = null;
    String endpoint = null;
    String method = null;
    int status = 0;
    double durationMs = 0;
    long eventTimeMs = 0;
    String traceId = null;
    for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
      parser.nextToken();
      switch (name) {
        case "service" -> {
          seen = JsonValues.once(parser, seen, SERVICE);
          service = JsonValues.repeatedText(parser, SERVICE_RULE);
        }
        case "endpoint" -> {
          seen = JsonValues.once(parser, seen, ENDPOINT);
          endpoint = JsonValues.repeatedText(parser, ENDPOINT_RULE);
        }
        case "method" -> {
          seen = JsonValues.once(parser, seen, METHOD);
          method = method(parser);
        }
        case "status" -> {
          seen = JsonValues.once(parser, seen, STATUS);
          status = (int) JsonValues.integer(parser, MIN_STATUS, MAX_STATUS);
        }
        case "duration_ms" -> {
          seen = JsonValues.once(parser, seen, DURATION_MS);
          durationMs = JsonValues.number(parser, 0);
        }
        case "event_time_ms" -> {
          seen = JsonValues.once(parser, seen, EVENT_TIME_MS);
          eventTimeMs = JsonValues.integer(parser, Long.MIN_VALUE, Long.MAX_VALUE);
        }
        case "trace_id" -> {
          seen = JsonValues.once(parser, seen, TRACE_ID);
          traceId = JsonValues.optionalText(parser, TRACE_ID_RULE);
        }
        default -> parser.skipChildren();
      }
    }
    String knownService = JsonValues.present(service, "service");
    String knownEndpoint = JsonValues.present(endpoint, "endpoint");
    String knownMethod = JsonValues.present(method, "method");
    JsonValues.present(seen, STATUS, "status");
    JsonValues.present(seen, DURATION_MS, "duration_ms");
    JsonValues.present(seen, EVENT_TIME_MS, "event_time_ms");
    return new ApiLatency(
        knownService, knownEndpoint, knownMethod, status, durationMs, eventTimeMs, traceId);
  }

  private static String method(JsonParser parser) throws IOException, Refusal {
    return checkedMethod(JsonValues.repeatedText(parser, METHOD_RULE));
  }

  /** Refuses a method that is not letters A to Z. */
  static String checkedMethod(String method) throws Refusal {
    for (int i = 0; i < method.length(); i++) {
      if (method.charAt(i) < 'A' || method.charAt(i) > 'Z') {
        throw new Refusal(
            RejectReason.INVALID_TEXT,
            "method: must be letters A to Z, was " + DetailLine.quoted(method));
      }
    }
    return method;
  }

  private static void write(JsonGenerator json, ApiLatency latency) throws IOException {
    json.writeStringField("service", latency.service());
    json.writeStringField("endpoint", latency.endpoint());
    json.writeStringField("method", latency.method());
    json.writeNumberField("status", latency.status());
    json.writeNumberField("duration_ms", JsonMessage.finite(latency.durationMs(), "duration_ms"));
    json.writeNumberField("event_time_ms", latency.eventTimeMs());
    if (latency.traceId() != null) {
      json.writeStringField("trace_id", latency.traceId());
    }
  }
}
