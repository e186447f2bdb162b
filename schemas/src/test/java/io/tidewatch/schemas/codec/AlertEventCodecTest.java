package io.tidewatch.schemas.codec;

import static io.tidewatch.schemas.codec.Samples.bytes;
import static io.tidewatch.schemas.codec.Samples.ok;
import static io.tidewatch.schemas.codec.Samples.refused;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tidewatch.schemas.derived.AlertEvent;
import io.tidewatch.schemas.derived.AlertStatus;
import io.tidewatch.schemas.reject.RejectReason;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class AlertEventCodecTest {
  private final AlertEventCodec codec = new AlertEventCodec();

  @Test
  void decodesAllFieldsOfTheContract() {
    assertThat(ok(decode(Samples.ALERT_JSON))).isEqualTo(Samples.resolvedAlert());
  }

  @Test
  void encodesInCanonicalOrder() {
    assertThat(codec.encode(Samples.resolvedAlert())).asString().isEqualTo(Samples.ALERT_JSON);
  }

  @Test
  void writesNullWhereThereIsNoValue() {
    assertThat(codec.encode(Samples.firingAlert()))
        .asString()
        .contains(
            "\"status\":\"firing\"",
            "\"notify\":false",
            "\"suppressed_by\":null",
            "\"value\":null",
            "\"threshold\":null",
            "\"resolved_at_ms\":null",
            "\"window_end_ms\":null",
            "\"model_version\":null",
            "\"attribution\":{}",
            "\"trace_ids\":[]");
  }

  @Test
  void roundTrips() {
    for (AlertEvent event : new AlertEvent[] {Samples.firingAlert(), Samples.resolvedAlert()}) {
      assertThat(ok(codec.decode(codec.encode(event)))).isEqualTo(event);
    }
  }

  @Test
  void treatsAbsentAndNullValueAlike() {
    String message = new String(codec.encode(Samples.firingAlert()), UTF_8);
    String absent = message.replaceAll("\"[a-z_]+\":null,", "").replaceAll(",\"attribution.*", "}");
    assertThat(absent).doesNotContain("null", "attribution", "trace_ids");
    assertThat(ok(decode(absent))).isEqualTo(Samples.firingAlert());
    String nulls =
        message
            .replace("\"attribution\":{}", "\"attribution\":null")
            .replace("\"trace_ids\":[]", "\"trace_ids\":null");
    assertThat(ok(decode(nulls))).isEqualTo(Samples.firingAlert());
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
  void writesAValueJsonDoesNotHaveAsNull(double value) {
    assertThat(ok(codec.decode(codec.encode(alert(value, 1)))).value()).isNull();
  }

  @Test
  void refusesToEncodeAThresholdJsonDoesNotHave() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> codec.encode(alert(1, Double.NaN)))
        .withMessage("threshold: must be finite, was NaN");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "alert_id",
        "event_id",
        "fingerprint",
        "rule",
        "rule_version",
        "status",
        "notify",
        "labels",
        "annotations",
        "expr",
        "reason",
        "started_at_ms",
        "fired_at_ms",
        "resolved_at_ms"
      })
  void rejectsARequiredFieldThatIsAbsentOrNullOrTwice(String field) {
    String name = "\"" + field + "\":";
    String absent = Samples.ALERT_JSON.replace(name, "\"other\":");
    assertThat(refused(decode(absent), RejectReason.MISSING_FIELD)).startsWith(field + ":");
    String isNull = Samples.ALERT_JSON.replace(name, name + "null,\"other\":");
    assertThat(refused(decode(isNull), RejectReason.MISSING_FIELD)).startsWith(field + ":");
    String open = Samples.ALERT_JSON.substring(0, Samples.ALERT_JSON.length() - 1);
    String twice = open + "," + name + "0}";
    assertThat(refused(decode(twice), RejectReason.DUPLICATE_FIELD)).startsWith(field + ":");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "status|\"resolved\"|\"FIRING\"|INVALID_TEXT",
        "status|\"resolved\"|true|WRONG_TYPE",
        "notify|true|\"true\"|WRONG_TYPE",
        "notify|true|1|WRONG_TYPE",
        "suppressed_by|null|7|WRONG_TYPE",
        "window_end_ms|1700000900000|\"1\"|WRONG_TYPE",
        "model_version|\"m7\"|\"\"|INVALID_TEXT",
        "attribution|{\"cpu_percent_mean\":0.75,|[],\"x\":{|WRONG_TYPE",
        "trace_ids|[\"t1\",|\"t1\",\"x\":[|WRONG_TYPE",
        "trace_ids|[\"t1\",|[\"\",|INVALID_TEXT",
        "rule|\"high_cpu\"|\"\"|INVALID_TEXT",
        "rule|\"high_cpu\"|\"a\\nb\"|INVALID_TEXT",
        "reason|\"was 97.25\"|\"\\u0000\"|INVALID_TEXT",
        "value|97.25|\"97\"|WRONG_TYPE",
        "threshold|90.0|1e400|OUT_OF_RANGE",
        "fired_at_ms|1700000300000|1.5|WRONG_TYPE",
        "resolved_at_ms|1700000900000|1e3|WRONG_TYPE"
      })
  void rejectsAValueOutsideTheContract(String field, String good, String bad, RejectReason reason) {
    String message =
        Samples.ALERT_JSON.replace(
            "\"%s\":%s".formatted(field, good), "\"%s\":%s".formatted(field, bad));
    assertThat(refused(decode(message), reason)).startsWith(field + ":");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"a\":1.5|OUT_OF_RANGE",
        "\"a\":-0.5|OUT_OF_RANGE",
        "\"a\":1e400|OUT_OF_RANGE",
        "\"a\":null|MISSING_FIELD",
        "\"a\":\"1\"|WRONG_TYPE",
        "\"load_1m_mean\":0.75|DUPLICATE_FIELD"
      })
  void rejectsAShareThatIsNone(String share, RejectReason reason) {
    String message = Samples.ALERT_JSON.replace("\"cpu_percent_mean\":0.75", share);
    assertThat(refused(decode(message), reason)).startsWith("attribution.");
  }

  @Test
  void rejectsASuppressedEventThatDoesNotSayWhy() {
    String message = Samples.ALERT_JSON.replace("\"resolved\"", "\"suppressed\"");
    assertThat(refused(decode(message), RejectReason.MISSING_FIELD)).startsWith("suppressed_by:");
    String said = message.replace("\"suppressed_by\":null", "\"suppressed_by\":\"mute x\"");
    assertThat(ok(decode(said)).suppressedBy()).isEqualTo("mute x");
  }

  @ParameterizedTest
  @EnumSource(AlertStatus.class)
  void knowsEachStatusByItsName(AlertStatus status) {
    String message =
        Samples.ALERT_JSON
            .replace("\"resolved\"", "\"" + AlertEventCodec.code(status) + "\"")
            .replace("\"suppressed_by\":null", "\"suppressed_by\":\"mute x\"");
    AlertEvent event = ok(decode(message));
    assertThat(event.status()).isEqualTo(status);
    assertThat(codec.encode(event)).asString().isEqualTo(message);
  }

  @Test
  void takesNoMoreSharesAndTraceIdsThanTheContractSays() {
    String shares =
        IntStream.range(0, 65)
            .mapToObj(i -> "\"f" + i + "\":0.01")
            .collect(Collectors.joining(","));
    String tooManyShares =
        Samples.ALERT_JSON.replace("\"cpu_percent_mean\":0.75,\"load_1m_mean\":0.25", shares);
    assertThat(refused(decode(tooManyShares), RejectReason.INVALID_TEXT)).startsWith("attribution");
    String ids = "\"t\",".repeat(16) + "\"t\"";
    String tooManyIds = Samples.ALERT_JSON.replace("\"t1\",\"t2\"", ids);
    assertThat(refused(decode(tooManyIds), RejectReason.INVALID_TEXT)).startsWith("trace_ids:");
  }

  @Test
  void ignoresUnknownFields() {
    String message = Samples.ALERT_JSON.replace("{\"alert_id\"", "{\"x\":{},\"alert_id\"");
    assertThat(ok(decode(message))).isEqualTo(Samples.resolvedAlert());
  }

  private Decoded<AlertEvent> decode(String message) {
    return codec.decode(bytes(message));
  }

  private static AlertEvent alert(double value, double threshold) {
    return new AlertEvent(
        "a",
        "e",
        "f",
        "r",
        "v",
        AlertStatus.FIRING,
        true,
        null,
        Map.of(),
        Map.of(),
        "",
        value,
        threshold,
        "",
        1,
        2,
        null,
        null,
        null,
        Map.of(),
        List.of());
  }
}
