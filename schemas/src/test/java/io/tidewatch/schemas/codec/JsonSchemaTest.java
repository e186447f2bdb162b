package io.tidewatch.schemas.codec;

import static io.tidewatch.schemas.codec.Samples.bytes;
import static io.tidewatch.schemas.codec.Samples.ok;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import io.tidewatch.schemas.derived.AlertEvent;
import io.tidewatch.schemas.event.ApiLatency;
import io.tidewatch.schemas.event.DeviceTelemetry;
import io.tidewatch.schemas.scale.Scaler;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The published schemas say what the codecs do. */
class JsonSchemaTest {
  // Exact numbers, so that 1e400 is not Infinity before the schema sees it.
  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

  /** A message with its schema and its codec. */
  record Contract(String file, String good, MessageDecoder<?> decoder) {
    @Override
    public String toString() {
      return file;
    }
  }

  private static final Contract TELEMETRY =
      new Contract(
          "device-telemetry.v1", Samples.TELEMETRY_JSON, new TelemetryCodec(Samples.MODELS));
  private static final Contract LATENCY =
      new Contract("api-latency.v1", Samples.LATENCY_JSON, new ApiLatencyCodec());
  private static final Contract ALERT =
      new Contract("alert-event.v1", Samples.ALERT_JSON, new AlertEventCodec());
  private static final Contract SCALER =
      new Contract("scaler.v1", Samples.SCALER_JSON, new ScalerCodec());

  static Stream<Contract> contracts() {
    return Stream.of(TELEMETRY, LATENCY, ALERT, SCALER);
  }

  @ParameterizedTest
  @MethodSource("contracts")
  void isAValidSchemaWithItsPublishedId(Contract contract) throws IOException {
    JsonNode schema = node(contract);
    assertThat(schema.get("$id").textValue())
        .isEqualTo("https://tidewatch.io/schemas/" + contract.file() + ".schema.json");
    JsonSchema metaschema =
        factory().getSchema(SchemaLocation.of(schema.get("$schema").textValue()));
    assertThat(metaschema.validate(schema)).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("contracts")
  void describesEveryField(Contract contract) throws IOException {
    JsonNode schema = node(contract);
    assertThat(schema.get("title").textValue()).isNotBlank();
    assertThat(schema.get("properties")).isNotEmpty();
    schema
        .get("properties")
        .properties()
        .forEach(p -> assertThat(p.getValue().path("description").asText()).isNotBlank());
  }

  @ParameterizedTest
  @MethodSource("contracts")
  void hasExamplesThatSchemaAndCodecAccept(Contract contract) throws IOException {
    JsonNode examples = node(contract).get("examples");
    assertThat(examples).hasSizeGreaterThanOrEqualTo(2);
    for (JsonNode example : examples) {
      assertThat(violations(contract, example.toString())).isEmpty();
      ok(contract.decoder().decode(bytes(example.toString())));
    }
  }

  @Test
  void acceptsWhatTheTelemetryCodecWrites() throws IOException {
    TelemetryCodec codec = new TelemetryCodec(Samples.MODELS);
    double[] values = {Double.MAX_VALUE, Double.NaN, -Double.MIN_VALUE};
    var extreme =
        new DeviceTelemetry("host", "d", Long.MIN_VALUE, values, Map.of("k", "v"), "\uD83D\uDE00");
    for (DeviceTelemetry telemetry : List.of(Samples.telemetry(), extreme)) {
      assertThat(violations(TELEMETRY, new String(codec.encode(telemetry), UTF_8))).isEmpty();
    }
  }

  @Test
  void acceptsWhatTheLatencyCodecWrites() throws IOException {
    ApiLatencyCodec codec = new ApiLatencyCodec();
    var extreme = new ApiLatency("s", "/", "M", 599, Double.MAX_VALUE, Long.MAX_VALUE, null);
    for (ApiLatency latency : List.of(Samples.latency(), extreme)) {
      assertThat(violations(LATENCY, new String(codec.encode(latency), UTF_8))).isEmpty();
    }
  }

  @Test
  void acceptsWhatTheAlertCodecWrites() throws IOException {
    AlertEventCodec codec = new AlertEventCodec();
    for (AlertEvent alert : List.of(Samples.firingAlert(), Samples.resolvedAlert())) {
      assertThat(violations(ALERT, new String(codec.encode(alert), UTF_8))).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "model|1",
        "model|\"\"",
        "model|null",
        "device_id|\"\"",
        "device_id|\"a\\u0000\"",
        "device_id|\"a\\n\"",
        "device_id|[]",
        "event_time_ms|\"1\"",
        "event_time_ms|1.5",
        "event_time_ms|null",
        "event_time_ms|9223372036854775808",
        "fields|null",
        "fields|[]",
        "fields|{\"cpu_percent\":\"1\"}",
        "fields|{\"cpu_percent\":{}}",
        "fields|{\"cpu_percent\":true}",
        "fields|{\"cpu_percent\":1e400}",
        "tags|[]",
        "tags|{\"a\":1}",
        "tags|{\"a\":null}",
        "tags|{\"\":\"v\"}",
        "tags|{\"k\":\"\"}",
        "label|1",
        "label|\"\""
      })
  void rejectsBadTelemetryAsTheCodecDoes(String field, String value) throws IOException {
    assertBothReject(TELEMETRY, field, value);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "service|\"\"",
        "service|\"\\u001f\"",
        "endpoint|7",
        "endpoint|null",
        "method|\"get\"",
        "method|\"GET\\n\"",
        "method|\"ABCDEFGHIJKLMNOPQ\"",
        "status|99",
        "status|600",
        "status|\"200\"",
        "status|200.5",
        "duration_ms|-1",
        "duration_ms|1e400",
        "duration_ms|null",
        "event_time_ms|true",
        "trace_id|\"\"",
        "trace_id|\"01234567890123456789012345678901234567890123456789012345678901234\""
      })
  void rejectsBadLatencyAsTheCodecDoes(String field, String value) throws IOException {
    assertBothReject(LATENCY, field, value);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "alert_id|\"\"",
        "status|\"FIRING\"",
        "status|null",
        "labels|null",
        "labels|{\"a\":1}",
        "labels|{\"a\":\"x\\ny\"}",
        "annotations|{\"a\":\"\\u0000\"}",
        "expr|1",
        "value|\"1\"",
        "threshold|\"1\"",
        "threshold|1e400",
        "started_at_ms|1.5",
        "resolved_at_ms|null",
        "event_id|null",
        "rule_version|\"\"",
        "notify|null",
        "notify|\"true\"",
        "status|\"suppressed\"",
        "status|\"pending\"",
        "suppressed_by|1",
        "window_end_ms|0.5",
        "model_version|\"\"",
        "attribution|[]",
        "attribution|{\"a\":1.01}",
        "attribution|{\"a\":-0.01}",
        "attribution|{\"a\":null}",
        "attribution|{\"\":1}",
        "trace_ids|{}",
        "trace_ids|[1]",
        "trace_ids|[\"\"]"
      })
  void rejectsBadAlertsAsTheCodecDoes(String field, String value) throws IOException {
    assertBothReject(ALERT, field, value);
  }

  @Test
  void acceptsWhatTheScalerCodecWrites() throws IOException {
    for (Scaler scaler : List.of(Samples.minMax(), Samples.zScore())) {
      assertThat(violations(SCALER, new String(ScalerCodec.encode(scaler), UTF_8))).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "format|2",
        "format|\"1\"",
        "model|\"\"",
        "version|null",
        "version|7",
        "method|\"robust\"",
        "method|\"z_score\"",
        "lower|null",
        "upper|\"1\"",
        "upper|1e400",
        "features|{}",
        "features|[]",
        "features|{\"\":{\"count\":0}}",
        "features|{\"a\":{}}",
        "features|{\"a\":{\"count\":-1}}",
        "features|{\"a\":{\"count\":1}}",
        "features|{\"a\":{\"count\":0,\"min\":1}}",
        "features|{\"a\":{\"count\":0,\"median\":null}}",
        "features|{\"a\":{\"count\":1,\"min\":0,\"max\":1,\"mean\":0,\"std\":-1}}",
        "features|{\"a\":{\"count\":1,\"min\":0,\"max\":1,\"mean\":0,\"std\":null}}",
        "features|{\"a\":{\"count\":0}},\"offset\":0"
      })
  void rejectsBadScalersAsTheCodecDoes(String field, String value) throws IOException {
    assertBothReject(SCALER, field, value);
  }

  @ParameterizedTest
  @CsvSource({"256,true", "257,false"})
  void countsTextAsTheCodecDoes(int characters, boolean good) throws IOException {
    String message = with(TELEMETRY, "device_id", "\"" + "\uD83D\uDE00".repeat(characters) + "\"");
    assertThat(violations(TELEMETRY, message).isEmpty()).isEqualTo(good);
    assertThat(TELEMETRY.decoder().decode(bytes(message)) instanceof Decoded.Ok).isEqualTo(good);
  }

  private static void assertBothReject(Contract contract, String field, String value)
      throws IOException {
    String message = with(contract, field, value);
    assertThat(contract.decoder().decode(bytes(message))).isInstanceOf(Decoded.Refused.class);
    assertThat(violations(contract, message)).as(message).isNotEmpty();
  }

  /** A good message but for one field. */
  private static String with(Contract contract, String field, String value) {
    String message =
        contract
            .good()
            .replaceFirst(
                "\""
                    + field
                    + "\":(\"[^\"]*\"|[0-9.]+|true|null|\\[[^\\]]*\\]"
                    + "|\\{[^{}]*(\\{[^}]*})?[^{}]*})",
                Matcher.quoteReplacement("\"" + field + "\":" + value));
    assertThat(message).isNotEqualTo(contract.good());
    return message;
  }

  private static Set<ValidationMessage> violations(Contract contract, String message)
      throws IOException {
    return factory().getSchema(node(contract)).validate(JSON.readTree(message));
  }

  private static JsonSchemaFactory factory() {
    return JsonSchemaFactory.getInstance(VersionFlag.V202012);
  }

  private static JsonNode node(Contract contract) throws IOException {
    try (InputStream in =
        JsonSchemaTest.class.getResourceAsStream("/json/" + contract.file() + ".schema.json")) {
      return JSON.readTree(in);
    }
  }
}
