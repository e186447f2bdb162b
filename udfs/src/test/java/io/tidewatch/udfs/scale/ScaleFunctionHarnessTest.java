package io.tidewatch.udfs.scale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidewatch.schemas.codec.ScalerCodec;
import io.tidewatch.schemas.derived.FeatureVector;
import io.tidewatch.schemas.derived.ScaledVector;
import io.tidewatch.schemas.scale.FeatureStatistics;
import io.tidewatch.schemas.scale.Scaler;
import io.tidewatch.schemas.scale.ScalerUpdate;
import io.tidewatch.schemas.scale.Scaling;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.co.CoBroadcastWithNonKeyedOperator;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.TwoInputStreamOperatorTestHarness;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ScaleFunctionHarnessTest {
  private static final int MAX_PARALLELISM = 128;
  private static final Map<String, List<String>> FEATURES =
      Map.of("host", List.of("cpu_mean", "cpu_std"), "press", List.of("force_mean"));

  private final List<TwoInputStreamOperatorTestHarness<FeatureVector, ScalerUpdate, ScaledVector>>
      subtasks = new ArrayList<>();

  @AfterEach
  void close() throws Exception {
    for (var subtask : subtasks) {
      subtask.close();
    }
  }

  @Test
  void withoutScalerRowsAreRaw() throws Exception {
    start(1, null, Map.of());
    row(0, "host", 5, 6);
    assertThat(results(0)).containsExactly(ScaledVector.raw(vector("host", 5, 6)));
  }

  @Test
  void rowsBesideTheirRawValuesBearScaledOnesAndTheVersion() throws Exception {
    start(1, null, Map.of());
    update("host", document("host", "v1", 0, 10));
    row(0, "host", 5, Double.NaN);
    row(0, "press", 7);
    assertThat(results(0))
        .containsExactly(
            new ScaledVector(vector("host", 5, Double.NaN), new double[] {0.5, Double.NaN}, "v1"),
            ScaledVector.raw(vector("press", 7)));
  }

  @Test
  void aNewVersionScalesTheNextRowAsAWhole() throws Exception {
    start(1, null, Map.of());
    update("host", document("host", "v1", 0, 10));
    row(0, "host", 5, 2);
    update("host", document("host", "v2", 0, 100));
    row(0, "host", 5, 2);
    row(0, "host", 6, 2);
    assertThat(results(0))
        .containsExactly(
            new ScaledVector(vector("host", 5, 2), new double[] {0.5, 0.2}, "v1"),
            new ScaledVector(vector("host", 5, 2), new double[] {0.05, 0.02}, "v2"),
            new ScaledVector(vector("host", 6, 2), new double[] {0.06, 0.02}, "v2"));
  }

  @Test
  void aTombstoneMakesRowsRawAgain() throws Exception {
    start(1, null, Map.of());
    update("host", document("host", "v1", 0, 10));
    row(0, "host", 5, 2);
    update("host", null);
    row(0, "host", 5, 2);
    assertThat(versions(0)).containsExactly("v1", null);
  }

  @Test
  void theFirstRowIsScaledByWhatWasKnownAtTheStart() throws Exception {
    start(1, null, Map.of("host", document("host", "v1", 0, 10)));
    row(0, "host", 5, 2);
    update("host", document("host", "v2", 0, 100));
    row(0, "host", 5, 2);
    assertThat(versions(0)).containsExactly("v1", "v2");
  }

  @Test
  void afterARestartTheStateKnowsBetterThanTheStart() throws Exception {
    Map<String, byte[]> atStart =
        Map.of("host", document("host", "v1", 0, 10), "press", document("press", "p1", 0, 10));
    start(1, null, atStart);
    update("host", document("host", "v2", 0, 100));
    update("press", null);
    restart(1, atStart);
    row(0, "host", 5, 2);
    row(0, "press", 7);
    assertThat(versions(0)).containsExactly("v2", null);
  }

  @Test
  void aRestartFindsWhatIsKnownOfAModelTheStateDoesNotKnow() throws Exception {
    start(1, null, Map.of());
    restart(1, Map.of("press", document("press", "p1", 0, 10)));
    row(0, "press", 7);
    assertThat(versions(0)).containsExactly("p1");
  }

  @Test
  void allSubtasksKnowAllScalersAfterRescaling() throws Exception {
    start(2, null, Map.of());
    update("host", document("host", "v1", 0, 10));
    update("press", document("press", "p1", 0, 10));
    restart(3, Map.of());
    for (int subtask = 0; subtask < 3; subtask++) {
      row(subtask, "host", 5, 2);
      row(subtask, "press", 5);
      assertThat(versions(subtask)).containsExactly("v1", "p1");
    }
    restart(1, Map.of());
    row(0, "host", 5, 2);
    assertThat(versions(0)).containsExactly("v1");
  }

  @Test
  void aModelThatIsGoneSinceTheSavepointIsLeftAlone() throws Exception {
    start(1, null, Map.of());
    update("host", document("host", "v1", 0, 10));
    update("gone", document("gone", "g1", 0, 10));
    restart(1, Map.of());
    row(0, "host", 5, 2);
    assertThat(versions(0)).containsExactly("v1");
  }

  @Test
  void refusesADocumentNobodyChecked() throws Exception {
    start(1, null, Map.of());
    assertThatThrownBy(() -> update("host", new byte[] {'{', '}'}))
        .hasMessage(
            "scaler of model host: must have been checked before, was refused: format: must be"
                + " present, was absent");
  }

  private void start(int parallelism, OperatorSubtaskState whole, Map<String, byte[]> atStart)
      throws Exception {
    int before = subtasks.size();
    close();
    subtasks.clear();
    for (int i = 0; i < parallelism; i++) {
      var operator =
          new CoBroadcastWithNonKeyedOperator<>(
              InstantiationUtil.clone(new ScaleFunction(FEATURES, atStart)),
              List.of(ScaleFunction.SCALERS));
      var subtask =
          new TwoInputStreamOperatorTestHarness<>(operator, MAX_PARALLELISM, parallelism, i);
      if (whole != null) {
        subtask.initializeState(
            AbstractStreamOperatorTestHarness.repartitionOperatorState(
                whole, MAX_PARALLELISM, before, parallelism, i));
      }
      subtask.open();
      subtasks.add(subtask);
    }
  }

  private void restart(int parallelism, Map<String, byte[]> atStart) throws Exception {
    List<OperatorSubtaskState> states = new ArrayList<>();
    for (var subtask : subtasks) {
      states.add(subtask.snapshot(1, 1));
    }
    start(
        parallelism,
        AbstractStreamOperatorTestHarness.repackageState(
            states.toArray(OperatorSubtaskState[]::new)),
        atStart);
  }

  private void update(String model, byte[] document) throws Exception {
    for (var subtask : subtasks) {
      subtask.processElement2(new ScalerUpdate(model, document), 0);
    }
  }

  private void row(int subtask, String model, double... features) throws Exception {
    subtasks.get(subtask).processElement1(vector(model, features), 0);
  }

  /** What a subtask has told since its start. */
  private List<ScaledVector> results(int subtask) {
    return subtasks.get(subtask).extractOutputValues();
  }

  private List<String> versions(int subtask) {
    return results(subtask).stream().map(ScaledVector::scalerVersion).toList();
  }

  private static FeatureVector vector(String model, double... features) {
    return new FeatureVector(model, "d-1", 0, 1_000, 3, features);
  }

  private static byte[] document(String model, String version, double min, double max) {
    var statistics = new FeatureStatistics(9, min, max, min, 1);
    Map<String, FeatureStatistics> all =
        model.equals("host")
            ? Map.of("cpu_mean", statistics, "cpu_std", statistics)
            : Map.of("force_mean", statistics);
    return ScalerCodec.encode(new Scaler(model, version, Scaling.MinMax.ZERO_TO_ONE, all));
  }
}
