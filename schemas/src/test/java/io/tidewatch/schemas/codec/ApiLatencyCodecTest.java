package io.tidewatch.schemas.codec;

import static io.tidewatch.schemas.codec.Samples.bytes;
import static io.tidewatch.schemas.codec.Samples.ok;
import static io.tidewatch.schemas.codec.Samples.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tidewatch.schemas.event.ApiLatency;
import io.tidewatch.schemas.reject.RejectReason;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ApiLatencyCodecTest {
  private final ApiLatencyCodec codec = new ApiLatencyCodec();

  @Test
  void decodesAllFieldsOfTheContract() {
    assertThat(ok(decode(Samples.LATENCY_JSON))).isEqualTo(Samples.latency());
  }

  @Test
  void encodesInCanonicalOrderAndLeavesOutWhatIsMissing() {
    assertThat(codec.encode(Samples.latency())).asString().isEqualTo(Samples.LATENCY_JSON);
    var bare = new ApiLatency("s", "/", "PUT", 599, 0, -1, null);
    assertThat(codec.encode(bare))
        .asString()
        .isEqualTo(
            "{\"service\":\"s\",\"endpoint\":\"/\",\"method\":\"PUT\",\"status\":599,"
                + "\"duration_ms\":0.0,\"event_time_ms\":-1}");
    assertThat(ok(codec.decode(codec.encode(bare)))).isEqualTo(bare);
  }

  @Test
  void acceptsTheFieldsInAnyOrder() {
    String inner = Samples.LATENCY_JSON.substring(1, Samples.LATENCY_JSON.length() - 1);
    List<String> members = Arrays.asList(inner.split(",", -1));
    Random random = new Random(3);
    for (int i = 0; i < 1_000; i++) {
      Collections.shuffle(members, random);
      assertThat(ok(decode("{" + String.join(" ,\n", members) + "}"))).isEqualTo(Samples.latency());
    }
  }

  @Test
  void roundTripsRandomRecords() {
    Random random = new Random(5);
    for (int i = 0; i < 20_000; i++) {
      var latency =
          new ApiLatency(
              "service " + random.nextInt(),
              "/é/{id}/\"" + random.nextInt(),
              "DELETE",
              100 + random.nextInt(500),
              Math.abs(random.nextGaussian()) * Math.pow(10, random.nextInt(300)),
              random.nextLong(),
              random.nextBoolean() ? null : Long.toHexString(random.nextLong()));
      assertThat(ok(codec.decode(codec.encode(latency)))).isEqualTo(latency);
    }
  }

  @Test
  void treatsANullTraceIdAsAbsent() {
    assertThat(ok(decode(with("trace_id", "null"))).traceId()).isNull();
  }

  @Test
  void ignoresUnknownFieldsWhateverTheyHold() {
    String message =
        Samples.LATENCY_JSON.replace("{\"service\"", "{\"x\":[[{}]],\"x\":0,\"service\"");
    assertThat(ok(decode(message))).isEqualTo(Samples.latency());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"service", "endpoint", "method", "status", "duration_ms", "event_time_ms"})
  void rejectsARequiredFieldThatIsAbsentOrNull(String field) {
    String absent = Samples.LATENCY_JSON.replace("\"" + field + "\"", "\"other\"");
    assertThat(refused(decode(absent), RejectReason.MISSING_FIELD)).startsWith(field + ":");
    assertThat(refused(decode(with(field, "null")), RejectReason.MISSING_FIELD))
        .startsWith(field + ":");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "service",
        "endpoint",
        "method",
        "status",
        "duration_ms",
        "event_time_ms",
        "trace_id"
      })
  void rejectsAFieldThatStandsTwice(String field) {
    String inner = Samples.LATENCY_JSON.substring(1, Samples.LATENCY_JSON.length() - 1);
    String member =
        Arrays.stream(inner.split(",", -1))
            .filter(m -> m.startsWith("\"" + field + "\""))
            .findFirst()
            .orElseThrow();
    assertThat(refused(decode("{" + inner + "," + member + "}"), RejectReason.DUPLICATE_FIELD))
        .startsWith(field + ":");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "service|1|WRONG_TYPE",
        "endpoint|{}|WRONG_TYPE",
        "method|[]|WRONG_TYPE",
        "status|\"200\"|WRONG_TYPE",
        "status|200.0|WRONG_TYPE",
        "status|99|OUT_OF_RANGE",
        "status|600|OUT_OF_RANGE",
        "status|-200|OUT_OF_RANGE",
        "status|4294967496|OUT_OF_RANGE",
        "status|99999999999999999999|OUT_OF_RANGE",
        "duration_ms|\"1\"|WRONG_TYPE",
        "duration_ms|true|WRONG_TYPE",
        "duration_ms|-0.001|OUT_OF_RANGE",
        "duration_ms|1e400|OUT_OF_RANGE",
        "duration_ms|NaN|MALFORMED_JSON",
        "duration_ms|-Infinity|MALFORMED_JSON",
        "event_time_ms|1.7e12|WRONG_TYPE",
        "event_time_ms|\"1\"|WRONG_TYPE",
        "event_time_ms|9223372036854775808|OUT_OF_RANGE",
        "trace_id|1|WRONG_TYPE",
        "trace_id|\"\"|INVALID_TEXT",
        "service|\"\"|INVALID_TEXT",
        "service|\"a\\u0000\"|INVALID_TEXT",
        "service|\"\\udbff\"|INVALID_TEXT",
        "endpoint|\"\"|INVALID_TEXT",
        "endpoint|\"/a\\r\\nb\"|INVALID_TEXT",
        "method|\"\"|INVALID_TEXT",
        "method|\"get\"|INVALID_TEXT",
        "method|\"GET \"|INVALID_TEXT",
        "method|\"GET\\n\"|INVALID_TEXT",
        "method|\"G\u00c9T\"|INVALID_TEXT",
        "method|\"ABCDEFGHIJKLMNOPQ\"|INVALID_TEXT"
      })
  void rejectsAValueOutsideTheContract(String field, String value, RejectReason reason) {
    assertThat(refused(decode(with(field, value)), reason)).isNotBlank();
  }

  @ParameterizedTest
  @CsvSource({"service,256", "endpoint,256", "trace_id,64"})
  void limitsTheLengthOfText(String field, int maxChars) {
    ok(decode(with(field, "\"" + "x".repeat(maxChars) + "\"")));
    String tooLong = with(field, "\"" + "x".repeat(maxChars + 1) + "\"");
    assertThat(refused(decode(tooLong), RejectReason.INVALID_TEXT))
        .endsWith("was %d chars long".formatted(maxChars + 1));
  }

  @Test
  void refusesToEncodeADurationJsonDoesNotHave() {
    var latency = new ApiLatency("s", "/", "GET", 200, Double.NaN, 1, null);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> codec.encode(latency))
        .withMessage("duration_ms: must be finite, was NaN");
  }

  private Decoded<ApiLatency> decode(String message) {
    return codec.decode(bytes(message));
  }

  /** A good message but for one field. */
  private static String with(String field, String value) {
    return Samples.LATENCY_JSON.replaceFirst(
        "\"" + field + "\":(\"[^\"]*\"|[0-9.]+)",
        Matcher.quoteReplacement("\"" + field + "\":" + value));
  }
}
