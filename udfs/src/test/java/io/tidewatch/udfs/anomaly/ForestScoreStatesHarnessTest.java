package io.tidewatch.udfs.anomaly;

import static io.tidewatch.udfs.anomaly.ScoringRun.LEFT_OUT;
import static io.tidewatch.udfs.anomaly.ScoringRun.NAMES;
import static io.tidewatch.udfs.anomaly.ScoringRun.WARM_UP;
import static io.tidewatch.udfs.anomaly.ScoringRun.function;
import static io.tidewatch.udfs.anomaly.ScoringRun.once;
import static io.tidewatch.udfs.anomaly.ScoringRun.usual;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.analytics.forest.BuiltInTrainer;
import io.tidewatch.analytics.model.FeatureSelection;
import io.tidewatch.analytics.model.ModelScope;
import io.tidewatch.analytics.model.ModelSettings;
import io.tidewatch.analytics.model.ModelTrainer;
import io.tidewatch.analytics.model.PastRows;
import io.tidewatch.analytics.model.TrainingRule;
import io.tidewatch.schemas.codec.ModelMessageCodec;
import io.tidewatch.schemas.derived.AnomalyScore;
import io.tidewatch.schemas.forest.ModelDocument;
import io.tidewatch.schemas.forest.ModelRollback;
import io.tidewatch.schemas.forest.ModelUpdate;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.apache.flink.runtime.state.StateBackend;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The same rows with the state on the heap, where a value is an object, and on disk, where it is
 * bytes: models, histories and scores are the same, bit for bit.
 */
class ForestScoreStatesHarnessTest {
  private static final int ROWS = 700;
  private static final TrainingRule OFTEN = new TrainingRule(WARM_UP, 200, Duration.ZERO, 0.2, 100);

  @TempDir Path folder;

  private StateBackend disk() {
    EmbeddedRocksDBStateBackend backend = new EmbeddedRocksDBStateBackend(false);
    backend.setDbStoragePath(folder.toAbsolutePath().toString());
    backend.getMemoryConfiguration().setUseManagedMemory(false); // a harness has none
    return backend;
  }

  private static ForestScoreFunction often(ModelScope scope) {
    return function(scope, OFTEN, NAMES, Map.of());
  }

  @Test
  void scoresOnDiskAreThoseOnTheHeapWithASnapshotBetween() throws Exception {
    ScoringRun heap =
        new ScoringRun(often(ModelScope.FLEET), ModelScope.FLEET, new HashMapStateBackend());
    heap.rows("p-1", 0, ROWS);
    ScoringRun disk = new ScoringRun(often(ModelScope.FLEET), ModelScope.FLEET, disk());
    disk.rows("p-1", 0, 310);
    disk.checkpoint();
    disk.rows("p-1", 310, 100);
    disk.restart(often(ModelScope.FLEET));
    disk.rows("p-1", 410, ROWS - 410);

    assertThat(disk.scores()).isEqualTo(heap.scores());
    assertThat(bits(disk)).isEqualTo(bits(heap));
    List<byte[]> all = heap.told().stream().map(ModelDocument::document).toList();
    List<byte[]> behind = disk.told().stream().map(ModelDocument::document).toList();
    assertThat(behind).as("trained behind the restart").isNotEmpty();
    assertThat(behind)
        .usingRecursiveComparison()
        .isEqualTo(all.subList(all.size() - behind.size(), all.size()));

    String former = disk.scores().get(ROWS - 250).status().version();
    for (ScoringRun run : List.of(heap, disk)) {
      run.update(
          new ModelUpdate(
              "press",
              former,
              true,
              false,
              ModelMessageCodec.encode(new ModelRollback("press", former)),
              new ModelUpdate.Origin("models", 0, 7, 0)));
      assertThat(run.row(usual("p-1", ROWS)).status().version()).isEqualTo(former);
    }
    assertThat(disk.scores()).isEqualTo(heap.scores());
    heap.close();
    disk.close();
  }

  @Test
  void devicesThatMoveToAnotherSubtaskAndBackTakeTheirModelsAlong() throws Exception {
    ModelScope device = ModelScope.DEVICE;
    ScoringRun heap = new ScoringRun(often(device), device, new HashMapStateBackend());
    ScoringRun disk = new ScoringRun(often(device), device, disk());
    rows(heap, 0, 400);
    rows(disk, 0, 160);
    disk.restart(often(device), 2);
    rows(disk, 160, 100);
    disk.restart(often(device), 1);
    rows(disk, 260, 140);

    assertThat(sorted(disk)).isEqualTo(sorted(heap));
    assertThat(sorted(heap).stream().map(score -> score.status().version()).distinct().count())
        .as("two models of each of six devices, and none before")
        .isGreaterThan(6 * 2);
    assertThat(disk.timers()).isEqualTo(6);
    heap.close();
    disk.close();
  }

  @Test
  void theModelOfStoredRowsIsTheOneThatTheStreamTrains() throws Exception {
    TrainingRule byCount = new TrainingRule(WARM_UP, 200, Duration.ZERO, 0, 100);
    ScoringRun run = new ScoringRun(function(byCount, Map.of()), ModelScope.FLEET);
    run.rows("p-1", 0, 550);
    assertThat(run.told()).as("the last one behind the last row").hasSize(3);
    ModelSettings settings = ScoringRun.settings(ModelScope.FLEET, once(), 0);
    FeatureSelection features = FeatureSelection.of(NAMES, LEFT_OUT);
    PastRows stored = new PastRows(settings, features);
    for (int second = 549; second >= 0; second--) {
      stored.add(usual("p-1", second));
    }
    ModelTrainer trainer =
        new ModelTrainer(new BuiltInTrainer(), settings.forest(), settings.threshold());
    assertThat(
            ModelMessageCodec.encode(
                trainer.train("press", features.features(), stored.history("press")).artifact()))
        .isEqualTo(run.told().get(run.told().size() - 1).document());
    run.close();
  }

  @Test
  void aModelThatCameFromElsewhereStaysUntilTheHistoryIsLongEnough() throws Exception {
    ScoringRun other = new ScoringRun(function(once(), Map.of()), ModelScope.FLEET);
    other.rows("p-2", 0, WARM_UP);
    Map<String, byte[]> known = Map.of("press", other.told().get(0).document());
    other.close();
    TrainingRule byAge = new TrainingRule(WARM_UP, 0, Duration.ofSeconds(60), 0, 100);
    ScoringRun run =
        new ScoringRun(function(ModelScope.FLEET, byAge, NAMES, known), ModelScope.FLEET);
    int later = 1_000_000; // seconds: that model is old before the first row comes
    run.rows("p-1", later, WARM_UP - 1);
    assertThat(run.told()).isEmpty();
    run.rows("p-1", later + WARM_UP - 1, 1);
    assertThat(run.told()).as("then its key has had it for a minute").hasSize(1);
    run.close();
  }

  private static void rows(ScoringRun run, int from, int count) throws Exception {
    for (int second = from; second < from + count; second++) {
      for (int device = 0; device < 6; device++) {
        run.row(usual("p-" + device, second));
      }
    }
  }

  private static List<AnomalyScore> sorted(ScoringRun run) {
    List<AnomalyScore> scores = new ArrayList<>(run.scores());
    scores.sort(
        Comparator.comparing(AnomalyScore::entity).thenComparingLong(AnomalyScore::windowEndMs));
    return scores;
  }

  private static long[] bits(ScoringRun run) {
    return run.scores().stream()
        .mapToLong(score -> Double.doubleToRawLongBits(score.score()))
        .toArray();
  }
}
