package io.tidewatch.jobs.anomaly;

import static io.tidewatch.jobs.anomaly.AnomalySpace.WARM_UP;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidewatch.embedded.EmbeddedStack;
import io.tidewatch.jobs.WrittenFeatures;
import io.tidewatch.jobs.bootstrap.Bootstrap;
import io.tidewatch.schemas.codec.Decoded;
import io.tidewatch.schemas.codec.ModelMessageCodec;
import io.tidewatch.schemas.derived.FeatureVector;
import io.tidewatch.schemas.forest.ForestArtifact;
import io.tidewatch.schemas.forest.ModelMessage;
import io.tidewatch.testkit.SharedStack;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.List;
import org.apache.flink.api.common.JobID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A job that begins with a model of stored windows. */
@ExtendWith(SharedStack.class)
class BootstrappedJobITCase {

  @Test
  void scoresItsFirstRowByTheModelThatAnotherJobWouldHaveTrainedInTheStream(EmbeddedStack stack)
      throws Exception {
    AnomalySpace past = new AnomalySpace(stack);
    Path pastConfig = past.config("every_rows: 0, every_age: 0s, drift_psi: 0");
    List<FeatureVector> rows = past.usual(0, WARM_UP);
    past.write(rows);
    JobID warmed = past.start(pastConfig, null);
    past.awaitCount(warmed, "models_trained_total", 1);
    stack.flink().stopWithDrain(warmed, AnomalySpace.TIMEOUT);
    byte[] told = past.messages(past.models).get(0).value();

    AnomalyFiles files = AnomalyFiles.load(past.loader(), pastConfig);
    try (Connection connection = past.space.database()) {
      WrittenFeatures.insert(connection, files.names(), rows);
    }
    ForestArtifact model =
        new Bootstrap(past.loader(), pastConfig, "welding", null, null)
            .fromPostgres(null)
            .models()
            .get(0);
    assertThat(ModelMessageCodec.checksum(model))
        .as("of the same windows the same model, but for where they were read")
        .isEqualTo(ModelMessageCodec.checksum(read(told).readFrom(String.valueOf(model.origin()))));

    AnomalySpace fresh = new AnomalySpace(stack);
    Path config = fresh.config("every_rows: 0, every_age: PT1M, drift_psi: 0");
    new ModelShelf(AnomalyFiles.load(fresh.loader(), config)).put(ModelMessageCodec.encode(model));
    JobID job = fresh.start(config, null);
    int later = 1_000_000; // seconds: the model is old before the first row comes
    fresh.write(fresh.usual(later, WARM_UP));
    List<JsonNode> scores = fresh.awaitScores(WARM_UP);
    stack.flink().cancel(job);
    assertThat(scores.get(0).get("state").textValue()).isEqualTo("active");
    assertThat(scores.get(0).get("score").doubleValue()).isBetween(0.3, 0.8);
    assertThat(scores)
        .as("it is not replaced before as many rows as a warm-up takes")
        .extracting(score -> score.get("model_version").textValue())
        .containsOnly(model.version());
  }

  private static ForestArtifact read(byte[] document) {
    Decoded<ModelMessage> decoded = new ModelMessageCodec().decode(document);
    return (ForestArtifact) ((Decoded.Ok<ModelMessage>) decoded).value();
  }
}
