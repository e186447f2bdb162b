package io.tidewatch.udfs.anomaly;

import io.tidewatch.analytics.decide.DecisionRule;
import io.tidewatch.analytics.decide.ThresholdRule;
import io.tidewatch.analytics.model.FeatureSelection;
import io.tidewatch.analytics.model.ForestRule;
import io.tidewatch.analytics.model.HistoryRule;
import io.tidewatch.analytics.model.ModelScope;
import io.tidewatch.analytics.model.ModelSettings;
import io.tidewatch.analytics.model.TrainingRule;
import io.tidewatch.schemas.derived.AnomalyScore;
import io.tidewatch.schemas.derived.FeatureVector;
import io.tidewatch.schemas.forest.ModelDocument;
import io.tidewatch.schemas.forest.ModelUpdate;
import io.tidewatch.schemas.reject.Rejected;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.runtime.state.StateBackend;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.apache.flink.streaming.api.operators.co.KeyedCoProcessOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.apache.flink.util.InstantiationUtil;
import org.apache.flink.util.OutputTag;

/** The function on rows of four features, a second apart, as Flink runs it. */
final class ScoringRun {
  static final long START_MS = 1_700_000_000_000L;
  static final int WARM_UP = 150;
  static final List<String> NAMES =
      List.of("a_mean", "b_mean", "c_mean", "d_mean", "a_imputed_ratio");
  static final Set<String> LEFT_OUT = Set.of("imputed_ratio");
  private static final int MAX_PARALLELISM = 128;

  private final ModelScope scope;
  private final StateBackend backend;
  private final List<AnomalyScore> before = new ArrayList<>();
  private List<Subtask> running = List.of();

  private record Subtask(
      KeyedTwoInputStreamOperatorTestHarness<String, FeatureVector, ModelUpdate, AnomalyScore>
          harness,
      ForestScoreFunction function) {}

  ScoringRun(ForestScoreFunction function, ModelScope scope) throws Exception {
    this(function, scope, new HashMapStateBackend());
  }

  /** The same, its state kept by another backend. */
  ScoringRun(ForestScoreFunction function, ModelScope scope, StateBackend backend)
      throws Exception {
    this.scope = scope;
    this.backend = backend;
    start(function, null, 1);
  }

  static ModelSettings settings(ModelScope scope, TrainingRule training, int extensionLevel) {
    return settings(scope, training, extensionLevel, Duration.ZERO);
  }

  private static ModelSettings settings(
      ModelScope scope, TrainingRule training, int extensionLevel, Duration cooldown) {
    return new ModelSettings(
        scope,
        new ForestRule("built-in", 50, 128, extensionLevel, 42),
        new HistoryRule(400, Duration.ofHours(1), 0.5),
        training,
        new ThresholdRule(0.99, 0.25, 0.55),
        new DecisionRule(cooldown, 0),
        2,
        4,
        Duration.ofDays(2));
  }

  /** Trains once, and never again by itself. */
  static TrainingRule once() {
    return new TrainingRule(WARM_UP, 0, Duration.ZERO, 0, 100);
  }

  static ForestScoreFunction function(TrainingRule training, Map<String, byte[]> atStart) {
    return function(ModelScope.FLEET, training, NAMES, atStart);
  }

  static ForestScoreFunction function(
      ModelScope scope, TrainingRule training, List<String> names, Map<String, byte[]> atStart) {
    return new ForestScoreFunction(
        Map.of("press", FeatureSelection.of(names, LEFT_OUT)),
        settings(scope, training, 0),
        atStart);
  }

  /** That tells of a device once in that time. */
  static ForestScoreFunction quiet(Duration cooldown) {
    return new ForestScoreFunction(
        Map.of("press", FeatureSelection.of(NAMES, LEFT_OUT)),
        settings(ModelScope.FLEET, once(), 0, cooldown),
        Map.of());
  }

  /** With more slanted cuts than there are features, which no engine grows. */
  static ForestScoreFunction impossible(TrainingRule training) {
    return new ForestScoreFunction(
        Map.of("press", FeatureSelection.of(NAMES, LEFT_OUT)),
        settings(ModelScope.FLEET, training, 4),
        Map.of());
  }

  /**
   * @param whole state of all subtasks before; null for none
   */
  private void start(ForestScoreFunction function, OperatorSubtaskState whole, int parallelism)
      throws Exception {
    ModelScope keys = scope; // a selector is shipped, this class is not
    int formerly = running.size();
    List<Subtask> started = new ArrayList<>();
    for (int i = 0; i < parallelism; i++) {
      var operator = new KeyedCoProcessOperator<>(InstantiationUtil.clone(function));
      KeyedTwoInputStreamOperatorTestHarness<String, FeatureVector, ModelUpdate, AnomalyScore>
          harness =
              new KeyedTwoInputStreamOperatorTestHarness<>(
                  operator,
                  vector -> keys.key(vector.model(), vector.deviceId()),
                  ModelUpdate::modelKey,
                  Types.STRING,
                  MAX_PARALLELISM,
                  parallelism,
                  i);
      harness.setStateBackend(backend);
      if (whole != null) {
        harness.initializeState(
            AbstractStreamOperatorTestHarness.repartitionOperatorState(
                whole, MAX_PARALLELISM, formerly, parallelism, i));
      }
      harness.open();
      started.add(new Subtask(harness, (ForestScoreFunction) operator.getUserFunction()));
    }
    running = started;
  }

  /** Takes a snapshot, stops, and goes on from it. */
  void restart(ForestScoreFunction function) throws Exception {
    restart(function, running.size());
  }

  /** The same with another number of subtasks. */
  void restart(ForestScoreFunction function, int parallelism) throws Exception {
    List<OperatorSubtaskState> states = new ArrayList<>();
    for (Subtask subtask : running) {
      states.add(subtask.harness.snapshot(1, 1));
      before.addAll(subtask.harness.extractOutputValues());
    }
    close();
    start(
        function,
        AbstractStreamOperatorTestHarness.repackageState(
            states.toArray(OperatorSubtaskState[]::new)),
        parallelism);
  }

  /** Takes a snapshot, and goes on. */
  void checkpoint() throws Exception {
    for (Subtask subtask : running) {
      subtask.harness.snapshot(2, 2);
    }
  }

  private Subtask of(String key) {
    return running.get(
        KeyGroupRangeAssignment.assignKeyToParallelOperator(key, MAX_PARALLELISM, running.size()));
  }

  /** Of the first subtask. */
  AnomalyCounters counters() {
    return running.get(0).function.counters;
  }

  AnomalyScore row(FeatureVector vector) throws Exception {
    var harness = of(scope.key(vector.model(), vector.deviceId())).harness;
    harness.processElement1(new StreamRecord<>(vector, vector.windowEndMs()));
    List<AnomalyScore> all = harness.extractOutputValues();
    return all.get(all.size() - 1);
  }

  /** Usual rows of a device, one a second. */
  void rows(String device, int from, int count) throws Exception {
    for (int i = from; i < from + count; i++) {
      row(usual(device, i));
    }
  }

  void update(ModelUpdate update) throws Exception {
    of(update.modelKey()).harness.processElement2(new StreamRecord<>(update));
  }

  void watermark(long timeMs) throws Exception {
    for (Subtask subtask : running) {
      subtask.harness.processBothWatermarks(new Watermark(timeMs));
    }
  }

  List<AnomalyScore> scores() {
    List<AnomalyScore> all = new ArrayList<>(before);
    running.forEach(subtask -> all.addAll(subtask.harness.extractOutputValues()));
    return all;
  }

  List<ModelDocument> told() {
    return side(ForestScoreFunction.MODELS);
  }

  List<Rejected> rejected() {
    return side(ForestScoreFunction.REJECTED);
  }

  private <T> List<T> side(OutputTag<T> tag) {
    return running.stream()
        .map(subtask -> subtask.harness.getSideOutput(tag))
        .filter(queue -> queue != null)
        .flatMap(Collection::stream)
        .map(StreamRecord::getValue)
        .toList();
  }

  int timers() {
    return running.stream().mapToInt(subtask -> subtask.harness.numEventTimeTimers()).sum();
  }

  int stateEntries() {
    return running.stream().mapToInt(subtask -> subtask.harness.numKeyedStateEntries()).sum();
  }

  static FeatureVector usual(String device, int second) {
    Random random = new Random(device.hashCode() * 31L + second);
    double[] values = new double[NAMES.size()];
    for (int i = 0; i < 4; i++) {
      values[i] = i + random.nextGaussian();
    }
    return vector(device, second, values);
  }

  /** Far away in all features but the first. */
  static FeatureVector planted(String device, int second) {
    FeatureVector usual = usual(device, second);
    usual.features()[1] += 40;
    usual.features()[2] -= 40;
    usual.features()[3] += 40;
    return usual;
  }

  static FeatureVector vector(String device, int second, double... values) {
    long endMs = START_MS + second * 1_000L;
    return new FeatureVector("press", device, endMs - 1_000, endMs, 10, values);
  }

  void close() throws Exception {
    for (Subtask subtask : running) {
      subtask.harness.close();
    }
  }
}
