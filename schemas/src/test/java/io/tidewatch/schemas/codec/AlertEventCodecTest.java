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
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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
        .contains("\"status\":\"firing\"", "\"value\":null", "\"resolved_at_ms\":null");
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
    String absent = message.replace("\"value\":null,", "").replace(",\"resolved_at_ms\":null", "");
    assertThat(ok(decode(absent))).isEqualTo(Samples.firingAlert());
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
        "fingerprint",
        "rule",
        "status",
        "labels",
        "annotations",
        "expr",
        "threshold",
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
        "f",
        "r",
        AlertStatus.FIRING,
        Map.of(),
        Map.of(),
        "",
        value,
        threshold,
        "",
        1,
        2,
        null);
  }
}
