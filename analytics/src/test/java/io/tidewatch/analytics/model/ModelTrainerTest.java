package io.tidewatch.analytics.model;

import static io.tidewatch.analytics.model.Histories.FEATURES;
import static io.tidewatch.analytics.model.Histories.TRAINER;
import static io.tidewatch.analytics.model.Histories.normal;
import static io.tidewatch.analytics.model.Histories.rows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.tidewatch.schemas.codec.ModelMessageCodec;
import io.tidewatch.schemas.forest.ForestArtifact;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ModelTrainerTest {

  @Test
  void theSameRowsGiveTheSameModelInWhateverOrderTheyLie() {
    List<ReservoirRow> rows = rows(1, 500);
    byte[] document = ModelMessageCodec.encode(TRAINER.train("host", FEATURES, rows).artifact());
    List<ReservoirRow> shuffled = new ArrayList<>(rows);
    Collections.shuffle(shuffled, new Random(2));
    assertThat(ModelMessageCodec.encode(TRAINER.train("host", FEATURES, shuffled).artifact()))
        .isEqualTo(document);
    assertThat(ModelMessageCodec.encode(TRAINER.train("host/d", FEATURES, rows).artifact()))
        .isNotEqualTo(document);
  }

  @Test
  void saysWhatItWasTrainedFrom() throws IOException {
    ForestArtifact artifact = TRAINER.train("host", FEATURES, rows(1, 500)).artifact();
    assertThat(artifact.version()).matches("20231114T222139Z-[0-9a-f]{8}");
    assertThat(artifact.rows()).isEqualTo(500);
    assertThat(artifact.trainedFromMs()).isEqualTo(Histories.START_MS);
    assertThat(artifact.trainedUntilMs()).isEqualTo(Histories.START_MS + 499_000);
    assertThat(artifact.features()).isEqualTo(FEATURES);
    assertThat(artifact.scalerVersion()).isNull();
    assertThat(artifact.scoreDeciles()).hasSize(9).isSorted();
    assertThat(ForestModel.of(artifact).forest().rows()).isEqualTo(500);
  }

  @Test
  void hardlyAnyRowLikeThoseOfTheTrainingIsBeyondTheThreshold() {
    int anomalies = 0;
    for (int seed = 0; seed < 5; seed++) {
      ForestModel model = TRAINER.train("host", FEATURES, rows(seed, 2_000));
      Random random = new Random(1_000 + seed);
      for (int i = 0; i < 2_000; i++) {
        anomalies += model.forest().score(normal(random)) > model.artifact().threshold() ? 1 : 0;
      }
    }
    assertThat(anomalies).as("of 10,000, one in a thousand is what is promised").isLessThan(10);
  }

  @Test
  void aPlantedAnomalyIsBeyondItAndIsAttributedToWhatWasMoved() {
    ForestModel model = TRAINER.train("host", FEATURES, rows(1, 1_000));
    double[] planted = normal(new Random(7));
    planted[1] += 20;
    planted[2] -= 20;
    planted[3] += 20;
    assertThat(model.forest().score(planted)).isGreaterThan(model.artifact().threshold());
    Map<String, Double> shares = model.attribution(planted);
    assertThat(shares.values().stream().mapToDouble(Double::doubleValue).sum())
        .isCloseTo(1, within(1e-9));
    assertThat(shares.get("b") + shares.get("c") + shares.get("d")).isGreaterThan(0.8);
  }

  @Test
  void refusesAHistoryOfNothing() {
    assertThatThrownBy(() -> TRAINER.train("host", FEATURES, List.of()))
        .hasMessage("history: must have rows, was empty");
    double[] missing = {Double.NaN, Double.NaN, Double.NaN, Double.NaN};
    List<ReservoirRow> rows = Collections.nCopies(200, new ReservoirRow(1, 5, missing));
    assertThatThrownBy(() -> TRAINER.train("host", FEATURES, rows))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("rows: must be at least 2 with a value");
  }
}
