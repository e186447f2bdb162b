package io.tidewatch.schemas.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import io.tidewatch.schemas.derived.LatencyWindow;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Latency windows as JSON, {@code json/latency-window.v1.schema.json}: the columns of the table but
 * for the sketch, which nobody needs who has the percentiles, and which requests were the slowest.
 *
 * <ul>
 *   <li>The fields may stand in any order, each at most once; unknown ones are skipped. All but
 *       {@code trace_ids} are required; null counts as absent.
 *   <li>{@code service}, {@code endpoint} and {@code method} as in {@link ApiLatencyCodec}.
 *   <li>{@code window_end_ms} is after {@code window_start_ms}, {@code count} at least 1, {@code
 *       error_count} and {@code revision} at least 0, all other numbers finite and not negative. A
 *       double is written with the digits that give it back bit for bit.
 * </ul>
 */
public final class LatencyWindowCodec
    implements MessageDecoder<LatencyWindow>, MessageEncoder<LatencyWindow> {
  private static final long serialVersionUID = 1;

  /** Numbers in the order of the schema; each has the bit of its place. */
  private static final List<String> NUMBERS =
      List.of(
          "rate_per_second",
          "error_rate",
          "mean_ms",
          "p50_ms",
          "p90_ms",
          "p95_ms",
          "p99_ms",
          "max_ms");

  private static final int SERVICE = 1 << 8;
  private static final int ENDPOINT = 1 << 9;
  private static final int METHOD = 1 << 10;
  private static final int START = 1 << 11;
  private static final int END = 1 << 12;
  private static final int COUNT = 1 << 13;
  private static final int ERRORS = 1 << 14;
  private static final int REVISION = 1 << 15;
  private static final int TRACE_IDS = 1 << 16;

  private final int maxBytes;

  /** Admits messages of at most 1 MiB. */
  public LatencyWindowCodec() {
    this(AdmittedBytes.DEFAULT_MAX);
  }

  /**
   * @param maxBytes greatest size of a message in bytes, at least 1
   */
  public LatencyWindowCodec(int maxBytes) {
    this.maxBytes = AdmittedBytes.checkedMax(maxBytes);
  }

  @Override
  public Decoded<LatencyWindow> decode(byte @Nullable [] bytes) {
    return JsonMessage.decode(bytes, maxBytes, (parser, admitted) -> read(parser));
  }

  /**
   * The canonical form: fields in the order of the schema, without the sketch; {@code trace_ids}
   * only where one is known.
   *
   * @throws IllegalArgumentException when a number is not finite
   */
  @Override
  public byte[] encode(LatencyWindow window) {
    return JsonMessage.encode(json -> write(json, window));
  }

  private static LatencyWindow read(JsonParser parser) throws IOException, Refusal {
    int seen = 0;
    double[] numbers = new double[NUMBERS.size()];
    String service = null;
    String endpoint = null;
    String method = null;
    long startMs = 0;
    long endMs = 0;
    long count = 0;
    long errors = 0;
    long revision = 0;
    List<String> traceIds = List.of();
    for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
      parser.nextToken();
      switch (name) {
        case "service" -> {
          seen = JsonValues.once(parser, seen, SERVICE);
          service = JsonValues.repeatedText(parser, ApiLatencyCodec.SERVICE_RULE);
        }
        case "endpoint" -> {
          seen = JsonValues.once(parser, seen, ENDPOINT);
          endpoint = JsonValues.repeatedText(parser, ApiLatencyCodec.ENDPOINT_RULE);
        }
        case "method" -> {
          seen = JsonValues.once(parser, seen, METHOD);
          method =
              ApiLatencyCodec.checkedMethod(
                  JsonValues.repeatedText(parser, ApiLatencyCodec.METHOD_RULE));
        }
        case "window_start_ms" -> {
          seen = JsonValues.once(parser, seen, START);
          startMs = JsonValues.integer(parser, Long.MIN_VALUE, Long.MAX_VALUE);
        }
        case "window_end_ms" -> {
          seen = JsonValues.once(parser, seen, END);
          endMs = JsonValues.integer(parser, Long.MIN_VALUE, Long.MAX_VALUE);
        }
        case "count" -> {
          seen = JsonValues.once(parser, seen, COUNT);
          count = JsonValues.integer(parser, 1, Long.MAX_VALUE);
        }
        case "error_count" -> {
          seen = JsonValues.once(parser, seen, ERRORS);
          errors = JsonValues.integer(parser, 0, Long.MAX_VALUE);
        }
        case "revision" -> {
          seen = JsonValues.once(parser, seen, REVISION);
          revision = JsonValues.integer(parser, 0, Integer.MAX_VALUE);
        }
        case TraceIds.FIELD -> {
          seen = JsonValues.once(parser, seen, TRACE_IDS);
          traceIds = TraceIds.read(parser, ApiLatencyCodec.TRACE_ID_RULE);
        }
        default -> {
          int number = NUMBERS.indexOf(name);
          if (number < 0) {
            parser.skipChildren();
          } else {
            seen = JsonValues.once(parser, seen, 1 << number);
            numbers[number] = JsonValues.number(parser, 0);
          }
        }
      }
    }
    String knownService = JsonValues.present(service, "service");
    String knownEndpoint = JsonValues.present(endpoint, "endpoint");
    String knownMethod = JsonValues.present(method, "method");
    JsonValues.present(seen, START, "window_start_ms");
    JsonValues.present(seen, END, "window_end_ms");
    JsonValues.present(seen, COUNT, "count");
    JsonValues.present(seen, ERRORS, "error_count");
    JsonValues.present(seen, REVISION, "revision");
    for (int i = 0; i < numbers.length; i++) {
      JsonValues.present(seen, 1 << i, NUMBERS.get(i));
    }
    if (endMs <= startMs) {
      throw Refusal.outOfRange(
          "window_end_ms", "> window_start_ms (" + startMs + ")", Long.toString(endMs));
    }
    return new LatencyWindow(
            knownService,
            knownEndpoint,
            knownMethod,
            startMs,
            endMs,
            count,
            numbers[0],
            errors,
            numbers[1],
            numbers[2],
            numbers[3],
            numbers[4],
            numbers[5],
            numbers[6],
            numbers[7])
        .revised(Math.toIntExact(revision))
        .traced(traceIds);
  }

  private static void write(JsonGenerator json, LatencyWindow window) throws IOException {
    json.writeStringField("service", window.service());
    json.writeStringField("endpoint", window.endpoint());
    json.writeStringField("method", window.method());
    json.writeNumberField("window_start_ms", window.windowStartMs());
    json.writeNumberField("window_end_ms", window.windowEndMs());
    json.writeNumberField("count", window.count());
    number(json, "rate_per_second", window.ratePerSecond());
    json.writeNumberField("error_count", window.errorCount());
    number(json, "error_rate", window.errorRatePercent());
    number(json, "mean_ms", window.meanMs());
    number(json, "p50_ms", window.p50Ms());
    number(json, "p90_ms", window.p90Ms());
    number(json, "p95_ms", window.p95Ms());
    number(json, "p99_ms", window.p99Ms());
    number(json, "max_ms", window.maxMs());
    json.writeNumberField("revision", window.revision());
    TraceIds.writeKnown(json, window.traceIds());
  }

  private static void number(JsonGenerator json, String name, double value) throws IOException {
    json.writeNumberField(name, JsonMessage.finite(value, name));
  }
}
