package io.tidewatch.udfs.alert;

import io.tidewatch.analytics.alert.LatencySeries;
import io.tidewatch.analytics.alert.rule.Mutes;
import io.tidewatch.analytics.quantile.EndpointKey;
import io.tidewatch.schemas.derived.AlertEvent;
import io.tidewatch.schemas.derived.AlertSnapshot;
import io.tidewatch.schemas.derived.LatencyWindow;
import io.tidewatch.schemas.rule.RuleUpdate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.runtime.state.StateBackend;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.apache.flink.streaming.api.operators.co.CoBroadcastWithKeyedOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.apache.flink.util.InstantiationUtil;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/**
 * The alert function on windows of endpoints as Flink runs it: several subtasks, rules told to each
 * of them, stopped with a snapshot and restored from it with other rules or parallelism.
 */
final class AlertRun implements AutoCloseable {
  static final long MINUTE = 60_000;
  static final Duration REPORT_EVERY = Duration.ofMinutes(1);
  private static final int MAX_PARALLELISM = 128;

  private final StateBackend backend;
  private final List<Subtask> stopped = new ArrayList<>();
  private List<Subtask> running;
  private long checkpoints;
  private long processingTimeMs = 1_000;

  private record Subtask(
      KeyedTwoInputStreamOperatorTestHarness<EndpointKey, LatencyWindow, RuleUpdate, AlertEvent>
          harness) {}

  AlertRun(Map<String, String> rules) throws Exception {
    this(rules, new HashMapStateBackend());
  }

  AlertRun(Map<String, String> rules, StateBackend backend) throws Exception {
    this.backend = backend;
    this.running = started(StartingRules.ofFiles(rules, Mutes.NONE), 1, null);
  }

  private List<Subtask> started(
      StartingRules rules, int parallelism, @Nullable OperatorSubtaskState whole) throws Exception {
    int before = running == null ? 0 : running.size();
    List<Subtask> started = new ArrayList<>();
    for (int i = 0; i < parallelism; i++) {
      AlertFunction<EndpointKey, LatencyWindow> function =
          new AlertFunction<>(rules, TestRules::read, new LatencySeries(), REPORT_EVERY);
      var harness =
          new KeyedTwoInputStreamOperatorTestHarness<
              EndpointKey, LatencyWindow, RuleUpdate, AlertEvent>(
              new CoBroadcastWithKeyedOperator<>(
                  InstantiationUtil.clone(function), List.of(AlertFunction.RULES)),
              AlertRun::key,
              null,
              TypeInformation.of(EndpointKey.class),
              MAX_PARALLELISM,
              parallelism,
              i);
      harness.setStateBackend(backend);
      harness.setProcessingTime(processingTimeMs);
      if (whole != null) {
        harness.initializeState(
            AbstractStreamOperatorTestHarness.repartitionOperatorState(
                whole, MAX_PARALLELISM, before, parallelism, i));
      }
      harness.open();
      started.add(new Subtask(harness));
    }
    return started;
  }

  /** Takes a snapshot, stops, and goes on from the snapshot with these rules of files. */
  void restart(Map<String, String> rules, int parallelism) throws Exception {
    restart(StartingRules.ofFiles(rules, Mutes.NONE), parallelism);
  }

  void restart(StartingRules rules, int parallelism) throws Exception {
    checkpoints++;
    List<OperatorSubtaskState> states = new ArrayList<>();
    for (Subtask subtask : running) {
      states.add(subtask.harness.snapshot(checkpoints, checkpoints));
    }
    close();
    stopped.addAll(running);
    running =
        started(
            rules,
            parallelism,
            AbstractStreamOperatorTestHarness.repackageState(
                states.toArray(OperatorSubtaskState[]::new)));
  }

  private static EndpointKey key(LatencyWindow window) {
    return new EndpointKey(window.service(), window.endpoint(), window.method());
  }

  static LatencyWindow window(String endpoint, long endMs, double p99Ms) {
    return new LatencyWindow(
        "s", endpoint, "GET", endMs - MINUTE, endMs, 10, 1, 0, 0, 1, 1, 1, 1, p99Ms, p99Ms);
  }

  /** Hands the window to the subtask of its key. */
  void add(LatencyWindow window) throws Exception {
    int index =
        KeyGroupRangeAssignment.assignKeyToParallelOperator(
            key(window), MAX_PARALLELISM, running.size());
    running
        .get(index)
        .harness
        .processElement1(new StreamRecord<>(window, window.windowEndMs() - 1));
  }

  /**
   * The window of the endpoint {@code /e} that ends at that minute, and the watermark behind it.
   */
  void minute(long minute, double p99Ms) throws Exception {
    add(window("/e", minute * MINUTE, p99Ms));
    watermark(minute * MINUTE - 1);
  }

  /** Tells a rule to all subtasks; null takes it away. */
  void tell(String rule, @Nullable String document) throws Exception {
    for (Subtask subtask : running) {
      subtask.harness.processElement2(new StreamRecord<>(new RuleUpdate(rule, document)));
    }
  }

  void watermark(long watermarkMs) throws Exception {
    for (Subtask subtask : running) {
      subtask.harness.processBothWatermarks(new Watermark(watermarkMs));
    }
  }

  /** Lets the clock of the machine go on while the function is not there: before a restart. */
  void away(Duration duration) {
    processingTimeMs += duration.toMillis();
  }

  /** Lets the clock of the machine go on. */
  void pass(Duration duration) throws Exception {
    processingTimeMs += duration.toMillis();
    for (Subtask subtask : running) {
      subtask.harness.setProcessingTime(processingTimeMs);
    }
  }

  /** Everything told since the first start, by subtask in the order in which it was told. */
  List<AlertEvent> results() {
    return all().flatMap(subtask -> subtask.harness.extractOutputValues().stream()).toList();
  }

  List<AlertSnapshot> states() {
    return side(AlertFunction.STATES);
  }

  List<RuleReport> reports() {
    return side(AlertFunction.REPORTS);
  }

  private <X> List<X> side(OutputTag<X> tag) {
    return all()
        .map(subtask -> subtask.harness.getSideOutput(tag))
        .filter(queue -> queue != null)
        .flatMap(Collection::stream)
        .map(StreamRecord::getValue)
        .toList();
  }

  int timers() {
    return running.stream().mapToInt(subtask -> subtask.harness.numEventTimeTimers()).sum();
  }

  int clockTimers() {
    return running.stream().mapToInt(subtask -> subtask.harness.numProcessingTimeTimers()).sum();
  }

  /** How many keys hold state; of state on the heap only. */
  int stateEntries() {
    return running.stream().mapToInt(subtask -> subtask.harness.numKeyedStateEntries()).sum();
  }

  private Stream<Subtask> all() {
    return Stream.concat(stopped.stream(), running.stream());
  }

  @Override
  public void close() {
    for (Subtask subtask : running) {
      try {
        subtask.harness.close();
      } catch (Exception e) {
        throw new IllegalStateException("the function could not be closed", e);
      }
    }
  }
}
