package io.tidewatch.schemas.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidewatch.schemas.derived.AnomalyScore;
import io.tidewatch.schemas.derived.ModelState;
import io.tidewatch.schemas.derived.Severity;
import io.tidewatch.schemas.derived.Suppression;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AnomalyScoreDecoderTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final AnomalyScoreDecoder decoder = new AnomalyScoreDecoder();

  @Test
  void readsTheExamplesOfTheSchemaAndWritesThemAgainAsTheyWere() throws IOException {
    AnomalyScoreEncoder encoder = new AnomalyScoreEncoder();
    for (JsonNode example : examples()) {
      AnomalyScore score = read(example.toString());
      JsonNode again = JSON.readTree(encoder.encode(score));
      assertThat(read(again.toString())).isEqualTo(score);
      example
          .fieldNames()
          .forEachRemaining(
              name -> {
                boolean isNumber = example.get(name).isNumber();
                Object is = isNumber ? again.get(name).doubleValue() : again.get(name);
                Object was = isNumber ? example.get(name).doubleValue() : example.get(name);
                if (!name.equals("context_24h")) { // whose whole numbers are written as doubles
                  assertThat(is).as(name).isEqualTo(was);
                }
              });
    }
  }

  @Test
  void readsWhatThereIsAndWhatThereIsNot() throws IOException {
    AnomalyScore ofEndpoint = read(examples().get(0).toString());
    assertThat(ofEndpoint.entity()).isEqualTo("GET shop /orders/{id}");
    assertThat(ofEndpoint.severity()).isEqualTo(Severity.CRITICAL);
    assertThat(ofEndpoint.anomaly()).isTrue();
    assertThat(ofEndpoint.expected()).isEqualTo(52.5);
    assertThat(ofEndpoint.attribution())
        .isEqualTo(Map.of("value", 0.5, "departure", 0.25, "residual", 0.25));
    assertThat(ofEndpoint.context().p99()).isEqualTo(68.25);
    assertThat(ofEndpoint.context().percentile()).isEqualTo(100);
    assertThat(ofEndpoint.suppressed()).isNull();
    assertThat(read(examples().get(1).toString()).suppressed()).isEqualTo(Suppression.COOLDOWN);
    AnomalyScore warmingUp = read(examples().get(2).toString());
    assertThat(warmingUp.score()).isNaN();
    assertThat(warmingUp.status().state()).isEqualTo(ModelState.WARMING_UP);
    assertThat(warmingUp.status().version()).isNull();
    assertThat(warmingUp.context().mean()).isNaN();
  }

  @Test
  void skipsWhatItDoesNotKnow() throws IOException {
    ObjectNode more = (ObjectNode) examples().get(0);
    AnomalyScore score = read(more.toString());
    more.putObject("more").put("score", 7);
    ((ObjectNode) more.get("context_24h")).putArray("even_more").add(1);
    assertThat(read(more.toString())).isEqualTo(score);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "score",
        "threshold",
        "suppressed",
        "expected",
        "lower",
        "upper",
        "model_version",
      })
  void takesAnAbsentFieldThatIsNotRequiredForNull(String field) throws IOException {
    ObjectNode without = (ObjectNode) examples().get(1);
    without.putNull(field);
    AnomalyScore ofNull = read(without.toString());
    without.remove(field);
    assertThat(read(without.toString())).isEqualTo(ofNull);
  }

  @Test
  void knowsTheReasonsThatTheSchemaNames() throws IOException {
    ObjectNode quiet = (ObjectNode) examples().get(1);
    List<Suppression> known = new ArrayList<>();
    for (JsonNode reason : schema().at("/properties/suppressed/enum")) {
      known.add(read(quiet.set("suppressed", reason).toString()).suppressed());
    }
    assertThat(known).contains(Suppression.values()).contains((Suppression) null).hasSize(4);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "model",
        "entity",
        "metric",
        "window_start_ms",
        "window_end_ms",
        "is_anomaly",
        "severity",
        "attribution",
        "state",
        "rows",
        "rows_needed",
        "imputed",
        "context_24h",
        "revision"
      })
  void refusesAMessageWithoutARequiredField(String field) throws IOException {
    ObjectNode without = (ObjectNode) examples().get(0);
    without.remove(field);
    assertThat(refusal(without.toString())).isEqualTo(field + ": must be present, was absent");
    without.putNull(field);
    assertThat(refusal(without.toString())).isEqualTo(field + ": must be present, was null");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "score       | 1.5       | score: must be a number from 0 to 1, was",
        "threshold   | -1        | threshold: must be a number ≥ 0",
        "severity    | \"awful\" | severity: must be info, warning, critical, was",
        "suppressed  | \"tired\" | suppressed: must be cooldown, deviation, direction, was",
        "state       | \"off\"   | state: must be warming_up, active, was",
        "rows_needed | 0         | rows_needed: must be an integer",
        "revision    | -1        | revision: must be an integer",
        "is_anomaly  | 1         | is_anomaly: must be a boolean, was an integer",
        "lower       | \"a\"     | lower: must be a number, was text",
        "attribution | {\"a\":2} | attribution.a: must be a number from 0 to 1, was",
        "attribution | {\"\":1}  | name of attribution",
        "attribution | {\"a\":1,\"a\":1} | attribution.a: must stand once, was there again",
        "context_24h | {}        | context_24h.rows: must be present, was absent",
        "context_24h | {\"rows\":1,\"rows\":1} | context_24h.rows: must stand once",
        "window_end_ms | 5       | window_end_ms: must be > window_start_ms (1700000000000)"
      })
  void refusesAValueThatCannotBe(String field, String value, String detail) throws IOException {
    String message = examples().get(0).toString();
    String was = examples().get(0).get(field).toString();
    assertThat(refusal(message.replace("\"" + field + "\":" + was, "\"" + field + "\":" + value)))
        .startsWith(detail);
  }

  private AnomalyScore read(String message) {
    return ((Decoded.Ok<AnomalyScore>) decoder.decode(message.getBytes(UTF_8))).value();
  }

  private String refusal(String message) {
    return ((Decoded.Refused<AnomalyScore>) decoder.decode(message.getBytes(UTF_8))).detail();
  }

  private static JsonNode examples() throws IOException {
    return schema().get("examples");
  }

  private static JsonNode schema() throws IOException {
    try (InputStream in =
        AnomalyScoreDecoderTest.class.getResourceAsStream("/json/anomaly-score.v1.schema.json")) {
      return JSON.readTree(in);
    }
  }
}
