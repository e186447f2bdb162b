package io.tidewatch.jobs.anomaly;

import static io.tidewatch.jobs.anomaly.AnomalySpace.WARM_UP;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidewatch.embedded.EmbeddedStack;
import io.tidewatch.testkit.SharedStack;
import java.nio.file.Path;
import java.util.List;
import org.apache.flink.api.common.JobID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The anomaly job with the engine Smile, whose jar is on the class path of the tests. */
@ExtendWith(SharedStack.class)
class SmileEngineITCase {

  @Test
  void modelsThatSmileGrowsScoreRowsAndAreTold(EmbeddedStack stack) throws Exception {
    AnomalySpace space = new AnomalySpace(stack);
    Path config =
        space.config(
            "every_rows: 100, every_age: 0s, drift_psi: 0",
            "forest: {",
            "forest: {engine: smile, ");
    int rows = WARM_UP + 120;
    space.write(space.usual(0, rows));
    space.write(List.of(space.planted(rows, "voltage", "vibration", "current")));
    JobID job = space.start(config, null);
    List<JsonNode> scores = space.awaitScores(rows + 1);
    space.awaitCount(job, "models_trained_total", 2);
    stack.flink().stopWithDrain(job, AnomalySpace.TIMEOUT);

    assertThat(stack.flink().restarts(job)).isZero();
    assertThat(scores.get(WARM_UP).get("state").textValue()).isEqualTo("active");
    assertThat(scores.get(WARM_UP).get("score").doubleValue()).isBetween(0.3, 0.8);
    JsonNode planted = scores.get(rows);
    assertThat(planted.get("is_anomaly").booleanValue()).isTrue();
    assertThat(planted.get("model_version"))
        .as("trained again")
        .isNotEqualTo(scores.get(WARM_UP).get("model_version"));
    assertThat(space.messages(space.models))
        .hasSize(2)
        .allSatisfy(
            told -> assertThat(new String(told.value(), UTF_8)).contains("\"engine\":\"smile\""));
  }
}
