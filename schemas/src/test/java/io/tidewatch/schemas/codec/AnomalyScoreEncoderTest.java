package io.tidewatch.schemas.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import io.tidewatch.schemas.derived.AnomalyScore;
import io.tidewatch.schemas.derived.ModelState;
import io.tidewatch.schemas.derived.ModelStatus;
import io.tidewatch.schemas.derived.ScoreContext;
import io.tidewatch.schemas.derived.Severity;
import io.tidewatch.schemas.derived.Suppression;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AnomalyScoreEncoderTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final AnomalyScore ANOMALY =
      score(
          0.75,
          0.5,
          true,
          null,
          Severity.CRITICAL,
          Map.of("b", 0.25, "a", 0.75),
          new ModelStatus(ModelState.ACTIVE, "v1", 256, 256),
          new ScoreContext(9, 0.5, 0.125, 0.625, 0.625, 100));

  /** Of an endpoint, but for the names. */
  private static final AnomalyScore TRACED =
      new AnomalyScore(
          ANOMALY.model(),
          ANOMALY.entity(),
          ANOMALY.metric(),
          ANOMALY.windowStartMs(),
          ANOMALY.windowEndMs(),
          ANOMALY.score(),
          ANOMALY.threshold(),
          ANOMALY.anomaly(),
          ANOMALY.suppressed(),
          ANOMALY.severity(),
          ANOMALY.expected(),
          ANOMALY.lower(),
          ANOMALY.upper(),
          ANOMALY.attribution(),
          ANOMALY.status(),
          ANOMALY.imputed(),
          ANOMALY.context(),
          ANOMALY.revision(),
          List.of("t1", "t2"));

  private static final AnomalyScore WARMING_UP =
      score(
          Double.NaN,
          Double.NaN,
          false,
          null,
          Severity.INFO,
          Map.of(),
          new ModelStatus(ModelState.WARMING_UP, null, 17, 256),
          ScoreContext.NONE);

  private static final AnomalyScore SUPPRESSED =
      score(
          0.75,
          0.5,
          false,
          Suppression.COOLDOWN,
          Severity.WARNING,
          Map.of("a", 1.0),
          new ModelStatus(ModelState.ACTIVE, "v1", 256, 256),
          new ScoreContext(9, 0.5, 0.125, 0.625, 0.625, 100));

  @Test
  void writesAllFieldsInTheOrderOfTheSchema() {
    assertThat(json(ANOMALY))
        .isEqualTo(
            """
            {"model":"host","entity":"d \\"1\\"","metric":"_row","window_start_ms":1000,\
            "window_end_ms":61000,"score":0.75,"threshold":0.5,"is_anomaly":true,\
            "suppressed":null,"severity":"critical","expected":null,"lower":null,"upper":null,\
            "attribution":{"a":0.75,"b":0.25},"state":"active","model_version":"v1","rows":256,\
            "rows_needed":256,"imputed":true,"context_24h":{"rows":9,"mean":0.5,"std":0.125,\
            "p95":0.625,"p99":0.625,"percentile":100.0},"revision":2}\
            """);
  }

  @Test
  void namesTheSlowestRequestsWhereSomeAreKnown() throws IOException {
    assertThat(json(TRACED))
        .isEqualTo(json(ANOMALY).replace("2}", "2,\"trace_ids\":[\"t1\",\"t2\"]}"));
    assertThat(schema().validate(JSON.readTree(json(TRACED).replace("\"t2\"", "\"\""))))
        .isNotEmpty();
    Decoded<AnomalyScore> read = new AnomalyScoreDecoder().decode(json(TRACED).getBytes(UTF_8));
    assertThat(read).isEqualTo(new Decoded.Ok<>(TRACED));
  }

  @Test
  void writesNullWhereThereIsNothing() {
    assertThat(json(WARMING_UP))
        .contains(
            "\"score\":null,\"threshold\":null,\"is_anomaly\":false,\"suppressed\":null,\"severity\":\"info\"")
        .contains("\"attribution\":{},\"state\":\"warming_up\",\"model_version\":null,\"rows\":17")
        .contains("{\"rows\":0,\"mean\":null,\"std\":null,\"p95\":null,\"p99\":null");
  }

  @Test
  void saysWhyAScoreBeyondTheThresholdIsNoAnomaly() throws IOException {
    String json = json(SUPPRESSED);
    assertThat(json).contains("\"is_anomaly\":false,\"suppressed\":\"cooldown\",\"severity\"");
    assertThat(schema().validate(JSON.readTree(json.replace("anomaly\":false", "anomaly\":true"))))
        .as("told and suppressed at once")
        .isNotEmpty();
  }

  @Test
  void writesWhatThePublishedSchemaSays() throws IOException {
    for (AnomalyScore score : new AnomalyScore[] {ANOMALY, TRACED, WARMING_UP, SUPPRESSED}) {
      assertThat(schema().validate(JSON.readTree(json(score)))).isEmpty();
    }
    for (JsonNode example : schema().getSchemaNode().get("examples")) {
      assertThat(schema().validate(example)).isEmpty();
    }
    assertThat(schema().validate(JSON.readTree(json(WARMING_UP).replace("17", "-1")))).isNotEmpty();
    assertThat(
            schema()
                .validate(
                    JSON.readTree(json(WARMING_UP).replace("\"score\":null", "\"score\":0.5"))))
        .as("scored by no model")
        .isNotEmpty();
  }

  private static AnomalyScore score(
      double score,
      double threshold,
      boolean anomaly,
      @Nullable Suppression suppressed,
      Severity severity,
      Map<String, Double> attribution,
      ModelStatus status,
      ScoreContext context) {
    return new AnomalyScore(
        "host",
        "d \"1\"",
        AnomalyScore.ROW,
        1_000,
        61_000,
        score,
        threshold,
        anomaly,
        suppressed,
        severity,
        Double.NaN,
        Double.NaN,
        Double.NaN,
        attribution,
        status,
        true,
        context,
        2);
  }

  private static String json(AnomalyScore score) {
    return new String(new AnomalyScoreEncoder().encode(score), UTF_8);
  }

  private static JsonSchema schema() throws IOException {
    try (InputStream in =
        AnomalyScoreEncoderTest.class.getResourceAsStream("/json/anomaly-score.v1.schema.json")) {
      return JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema(JSON.readTree(in));
    }
  }
}
