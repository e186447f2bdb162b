package io.tidewatch.schemas.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.tidewatch.schemas.derived.AlertEvent;
import io.tidewatch.schemas.derived.AlertStatus;
import io.tidewatch.schemas.event.ApiLatency;
import io.tidewatch.schemas.event.DeviceTelemetry;
import io.tidewatch.schemas.model.OutOfRange;
import io.tidewatch.schemas.model.TelemetryField;
import io.tidewatch.schemas.model.TelemetryModel;
import io.tidewatch.schemas.model.TelemetryModels;
import io.tidewatch.schemas.model.UnknownFields;
import io.tidewatch.schemas.model.WindowSpec;
import io.tidewatch.schemas.reject.RejectReason;
import io.tidewatch.schemas.scale.FeatureStatistics;
import io.tidewatch.schemas.scale.Scaler;
import io.tidewatch.schemas.scale.Scaling;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Records and messages the tests of this package start from. */
final class Samples {
  static final TelemetryModel HOST =
      model("host", UnknownFields.REJECT, "cpu_percent", "memory_percent", "disk_percent");
  static final TelemetryModel LENIENT = model("lenient", UnknownFields.IGNORE, "volts", "amperes");
  static final TelemetryModels MODELS = TelemetryModels.of(List.of(HOST, LENIENT));

  static final String TELEMETRY_JSON =
      """
      {"model":"host","device_id":"web-1","event_time_ms":1700000000000,\
      "fields":{"cpu_percent":12.5,"disk_percent":-3.0},"tags":{"site":"A"},"label":"1"}""";

  static final String LATENCY_JSON =
      """
      {"service":"shop","endpoint":"/orders/{id}","method":"GET","status":200,\
      "duration_ms":12.5,"event_time_ms":1700000000000,\
      "trace_id":"4bf92f3577b34da6a3ce929d0e0e4736"}""";

  static final String ALERT_JSON =
      """
      {"alert_id":"a1","event_id":"e2","fingerprint":"f1","rule":"high_cpu",\
      "rule_version":"v1","status":"resolved","notify":true,"suppressed_by":null,\
      "labels":{"device_id":"web-1","severity":"critical"},\
      "annotations":{"summary":"CPU is high\\nlook at it"},"expr":"cpu_percent_mean > 90",\
      "value":97.25,"threshold":90.0,"reason":"was 97.25","started_at_ms":1700000000000,\
      "fired_at_ms":1700000300000,"resolved_at_ms":1700000900000,\
      "window_end_ms":1700000900000,"model_version":"m7",\
      "attribution":{"cpu_percent_mean":0.75,"load_1m_mean":0.25},"trace_ids":["t1","t2"]}""";

  static final String SCALER_JSON =
      """
      {"format":1,"model":"host","version":"7","method":"min_max","lower":0.0,"upper":1.0,\
      "features":{"cpu_percent_mean":{"count":3,"min":1.0,"max":4.0,"mean":2.5,"std":1.25}}}""";

  static final String WINDOW_JSON =
      """
      {"service":"shop","endpoint":"/orders/{id}","method":"GET",\
      "window_start_ms":1700000000000,"window_end_ms":1700000060000,"count":120,\
      "rate_per_second":2.0,"error_count":3,"error_rate":2.5,"mean_ms":21.5,"p50_ms":18.25,\
      "p90_ms":40.5,"p95_ms":52.5,"p99_ms":81.75,"max_ms":96.5,"revision":0}""";

  private static final FeatureStatistics STATISTICS = new FeatureStatistics(3, 1, 4, 2.5, 1.25);

  private Samples() {}

  static Scaler minMax() {
    return new Scaler(
        "host", "7", Scaling.MinMax.ZERO_TO_ONE, Map.of("cpu_percent_mean", STATISTICS));
  }

  static Scaler zScore() {
    return new Scaler(
        "host",
        "2026-11-01",
        new Scaling.ZScore(),
        Map.of("cpu_percent_mean", STATISTICS, "cpu_percent_std", FeatureStatistics.NEVER_SEEN));
  }

  static DeviceTelemetry telemetry() {
    return new DeviceTelemetry(
        "host",
        "web-1",
        1_700_000_000_000L,
        new double[] {12.5, Double.NaN, -3},
        Map.of("site", "A"),
        "1");
  }

  static ApiLatency latency() {
    return new ApiLatency(
        "shop",
        "/orders/{id}",
        "GET",
        200,
        12.5,
        1_700_000_000_000L,
        "4bf92f3577b34da6a3ce929d0e0e4736");
  }

  static AlertEvent resolvedAlert() {
    return new AlertEvent(
        "a1",
        "e2",
        "f1",
        "high_cpu",
        "v1",
        AlertStatus.RESOLVED,
        true,
        null,
        Map.of("device_id", "web-1", "severity", "critical"),
        Map.of("summary", "CPU is high\nlook at it"),
        "cpu_percent_mean > 90",
        97.25,
        90.0,
        "was 97.25",
        1_700_000_000_000L,
        1_700_000_300_000L,
        1_700_000_900_000L,
        1_700_000_900_000L,
        "m7",
        Map.of("cpu_percent_mean", 0.75, "load_1m_mean", 0.25),
        List.of("t1", "t2"));
  }

  static AlertEvent firingAlert() {
    return new AlertEvent(
        "a1",
        "e1",
        "f1",
        "high_cpu",
        "v1",
        AlertStatus.FIRING,
        false,
        null,
        Map.of(),
        Map.of(),
        "absent(cpu_percent)",
        null,
        null,
        "",
        1_700_000_000_000L,
        1_700_000_300_000L,
        null,
        null,
        null,
        Map.of(),
        List.of());
  }

  /** Small good telemetry but for one field. */
  static String telemetryWith(String field, String value) {
    Map<String, String> members = new HashMap<>();
    members.put("model", "\"host\"");
    members.put("device_id", "\"d\"");
    members.put("event_time_ms", "1");
    members.put("fields", "{}");
    members.put(field, value);
    return members.entrySet().stream()
        .map(member -> "\"" + member.getKey() + "\":" + member.getValue())
        .collect(Collectors.joining(",", "{", "}"));
  }

  static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  /** The record of a message that must be good. */
  static <T> T ok(Decoded<T> decoded) {
    if (decoded instanceof Decoded.Ok<T> ok) {
      return ok.value();
    }
    return fail("must be decoded, was %s", decoded);
  }

  /** The detail of a message that must be refused for a reason. */
  static String refused(Decoded<?> decoded, RejectReason reason) {
    assertThat(decoded).isInstanceOf(Decoded.Refused.class);
    Decoded.Refused<?> refused = (Decoded.Refused<?>) decoded;
    assertThat(refused.reason()).as(refused.detail()).isEqualTo(reason);
    assertIsOneSafeLine(refused.detail());
    return refused.detail();
  }

  static void assertIsOneSafeLine(String detail) {
    // Plain code before the assertion: it runs some hundred thousand times.
    if (!isOneSafeLine(detail)) {
      fail("must be one line of 1 to 200 plain chars, was '%s'", detail);
    }
  }

  private static boolean isOneSafeLine(String detail) {
    return !detail.isBlank()
        && detail.length() <= 200
        && detail.codePoints().noneMatch(c -> Character.isISOControl(c) || isSurrogate(c))
        && !detail.contains("cannot be parsed");
  }

  private static boolean isSurrogate(int codePoint) {
    return Character.getType(codePoint) == Character.SURROGATE;
  }

  private static TelemetryModel model(String name, UnknownFields unknown, String... fields) {
    double infinity = Double.POSITIVE_INFINITY;
    return new TelemetryModel(
        name,
        "for tests",
        Arrays.stream(fields).map(f -> new TelemetryField(f, "1", -infinity, infinity)).toList(),
        unknown,
        OutOfRange.MISSING,
        new WindowSpec(Duration.ofMinutes(1), Duration.ofSeconds(10)));
  }
}
