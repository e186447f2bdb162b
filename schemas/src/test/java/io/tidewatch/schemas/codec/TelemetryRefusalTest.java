package io.tidewatch.schemas.codec;

import static io.tidewatch.schemas.codec.Samples.bytes;
import static io.tidewatch.schemas.codec.Samples.ok;
import static io.tidewatch.schemas.codec.Samples.refused;
import static io.tidewatch.schemas.codec.Samples.telemetryWith;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.schemas.event.DeviceTelemetry;
import io.tidewatch.schemas.reject.RejectReason;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Telemetry outside the contract, and the reason each is refused for. */
class TelemetryRefusalTest {
  private static final String PREFIX =
      "{\"model\":\"host\",\"device_id\":\"d\",\"event_time_ms\":1,";

  private final TelemetryCodec codec = new TelemetryCodec(Samples.MODELS);

  @Test
  void rejectsUnknownModelFieldsWhenTheModelRejectsThem() {
    assertThat(refused(decode(PREFIX + "\"fields\":{\"no\":1}}"), RejectReason.UNKNOWN_FIELD))
        .isEqualTo("fields.no: must be a field of model host, was none");
  }

  @Test
  void rejectsAModelThatIsNotConfigured() {
    String message = Samples.TELEMETRY_JSON.replace("\"host\"", "\"hosts\"");
    assertThat(refused(decode(message), RejectReason.UNKNOWN_MODEL))
        .isEqualTo("model: must be one of [host, lenient], was 'hosts'");
  }

  @Test
  void namesFieldRuleAndValueInTheDetail() {
    assertThat(
            refused(
                decode(PREFIX + "\"fields\":{\"cpu_percent\":\"1\"}}"), RejectReason.WRONG_TYPE))
        .isEqualTo("fields.cpu_percent: must be a number, was text");
    assertThat(
            refused(
                decode(PREFIX + "\"fields\":{},\"tags\":{\"\\u0000\":\"\"}}"),
                RejectReason.INVALID_TEXT))
        .isEqualTo(
            "name of tags.'\\u{0}': must be text of 1 to 256 characters without control"
                + " characters, was with U+0000 at char 0");
  }

  @Test
  void rejectsTelemetryWithoutDeviceId() {
    assertThat(
            refused(
                decode("{\"model\":\"host\",\"event_time_ms\":1,\"fields\":{}}"),
                RejectReason.MISSING_FIELD))
        .isEqualTo("device_id: must be present, was absent");
  }

  @ParameterizedTest
  @ValueSource(strings = {"model", "device_id", "event_time_ms", "fields"})
  void rejectsARequiredFieldThatIsAbsentOrNull(String field) {
    String absent = Samples.TELEMETRY_JSON.replace("\"" + field + "\"", "\"other\"");
    assertThat(refused(decode(absent), RejectReason.MISSING_FIELD)).startsWith(field + ":");
    String isNull =
        Samples.TELEMETRY_JSON.replace("\"" + field + "\"", "\"" + field + "\":null,\"other\"");
    assertThat(refused(decode(isNull), RejectReason.MISSING_FIELD)).startsWith(field + ":");
  }

  @ParameterizedTest
  @ValueSource(strings = {"model", "device_id", "event_time_ms", "fields", "tags", "label"})
  void rejectsAFieldThatStandsTwice(String field) {
    String good = Samples.TELEMETRY_JSON;
    int start = good.indexOf("\"" + field + "\":");
    int end = field.equals("label") ? good.length() - 1 : good.indexOf(",\"", start);
    String member = field.equals("fields") ? "\"fields\":{}" : good.substring(start, end);
    String twice = good.substring(0, good.length() - 1) + "," + member + "}";
    assertThat(refused(decode(twice), RejectReason.DUPLICATE_FIELD)).startsWith(field + ":");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"fields\":{\"cpu_percent\":1,\"cpu_percent\":1}",
        "\"fields\":{\"cpu_percent\":null,\"disk_percent\":2,\"cpu_percent\":1}",
        "\"fields\":{\"cpu_percent\":1,\"cpu\\u005fpercent\":1}",
        "\"fields\":{},\"tags\":{\"a\":\"1\",\"a\":\"1\"}",
        "\"label\":null,\"label\":\"1\",\"fields\":{}"
      })
  void rejectsANameThatStandsTwiceInOneObject(String members) {
    refused(decode(PREFIX + members + "}"), RejectReason.DUPLICATE_FIELD);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "model|1",
        "model|{}",
        "device_id|17",
        "device_id|true",
        "device_id|[\"web-1\"]",
        "event_time_ms|\"1700000000000\"",
        "event_time_ms|1.7e12",
        "event_time_ms|1700000000000.0",
        "event_time_ms|false",
        "fields|[]",
        "fields|1",
        "fields|\"cpu_percent\"",
        "fields|{\"cpu_percent\":\"1\"}",
        "fields|{\"cpu_percent\":true}",
        "fields|{\"cpu_percent\":{}}",
        "fields|{\"cpu_percent\":[1]}",
        "tags|[]",
        "tags|\"a\"",
        "tags|{\"a\":1}",
        "tags|{\"a\":{}}",
        "label|1",
        "label|[]"
      })
  void rejectsAValueOfAnotherType(String field, String value) {
    refused(decode(telemetryWith(field, value)), RejectReason.WRONG_TYPE);
  }

  @Test
  void rejectsANullTagAsMissing() {
    assertThat(refused(decode(telemetryWith("tags", "{\"a\":null}")), RejectReason.MISSING_FIELD))
        .isEqualTo("tags.a: must be present, was null");
  }

  @ParameterizedTest
  @CsvSource({
    "event_time_ms,9223372036854775808",
    "event_time_ms,-9223372036854775809",
    "event_time_ms,100000000000000000000000000000000000000000000000000000"
  })
  void rejectsAnEventTimeBeyondLong(String field, String value) {
    assertThat(refused(decode(telemetryWith(field, value)), RejectReason.OUT_OF_RANGE))
        .contains(field);
  }

  @Test
  void rejectsANumberBeyondDouble() {
    for (String value : List.of("1e400", "-1e400", "1.8e308", "9".repeat(400))) {
      refused(
          decode(telemetryWith("fields", "{\"cpu_percent\":" + value + "}")),
          RejectReason.OUT_OF_RANGE);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"NaN", "Infinity", "-Infinity", "+1", "01", ".5", "1.", "0x1", "nan"})
  void rejectsNumbersThatAreNotJson(String value) {
    refused(
        decode(telemetryWith("fields", "{\"cpu_percent\":" + value + "}")),
        RejectReason.MALFORMED_JSON);
  }

  @ParameterizedTest
  @ValueSource(strings = {"model", "device_id", "label"})
  void rejectsTextThatIsEmptyOrTooLongOrNotPlain(String field) {
    String tooLong = "x".repeat(257);
    for (String text :
        List.of("", tooLong, "a\\u0000", "\\n", "\\u001f", "\\ud800", "\\udc00\\ud800")) {
      refused(decode(telemetryWith(field, "\"" + text + "\"")), RejectReason.INVALID_TEXT);
    }
    refused(
        decode(telemetryWith(field, "\"" + "x".repeat(200_000) + "\"")), RejectReason.INVALID_TEXT);
  }

  @Test
  void rejectsTagsThatAreEmptyOrTooLongOrNotPlain() {
    for (String text : List.of("", "x".repeat(257), "\\u0000", "\\u001f", "\\ud800")) {
      refused(
          decode(telemetryWith("tags", "{\"k\":\"%s\"}".formatted(text))),
          RejectReason.INVALID_TEXT);
      refused(
          decode(telemetryWith("tags", "{\"%s\":\"v\"}".formatted(text))),
          RejectReason.INVALID_TEXT);
    }
  }

  @Test
  void rejectsMoreThanSixtyFourTags() {
    assertThat(ok(decode(telemetryWith("tags", tags(64)))).tags()).hasSize(64);
    refused(decode(telemetryWith("tags", tags(65))), RejectReason.INVALID_TEXT);
  }

  private Decoded<DeviceTelemetry> decode(String message) {
    return codec.decode(bytes(message));
  }

  private static String tags(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> "\"k%d\":\"v\"".formatted(i))
        .collect(Collectors.joining(",", "{", "}"));
  }
}
