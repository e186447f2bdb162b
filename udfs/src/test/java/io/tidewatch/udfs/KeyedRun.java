package io.tidewatch.udfs;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.operators.testutils.MockEnvironment;
import org.apache.flink.runtime.operators.testutils.MockEnvironmentBuilder;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.runtime.state.StateBackend;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.io.RecordProcessorUtils;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.util.InstantiationUtil;
import org.apache.flink.util.OutputTag;

/**
 * A keyed function or operator as Flink runs it: shipped to one or several subtasks, fed by key,
 * stopped with a snapshot and restored from it with another function or parallelism.
 */
public final class KeyedRun<K, I, O> implements AutoCloseable {
  private static final int MAX_PARALLELISM = 128;

  private final KeySelector<I, K> keySelector;
  private final TypeInformation<K> keyType;
  private final StateBackend backend;
  private final List<Subtask<K, I, O>> stopped = new ArrayList<>();
  private List<Subtask<K, I, O>> running = List.of();
  private long checkpoints;

  private record Subtask<K, I, O>(
      KeyedOneInputStreamOperatorTestHarness<K, I, O> harness, RecordedCounters counters) {}

  public KeyedRun(
      KeyedProcessFunction<K, I, O> function,
      KeySelector<I, K> keySelector,
      TypeInformation<K> keyType)
      throws Exception {
    this(new KeyedProcessOperator<>(function), keySelector, keyType);
  }

  public KeyedRun(
      OneInputStreamOperator<I, O> operator,
      KeySelector<I, K> keySelector,
      TypeInformation<K> keyType)
      throws Exception {
    this(operator, keySelector, keyType, new HashMapStateBackend());
  }

  /** The same, its state kept by another backend. */
  public KeyedRun(
      OneInputStreamOperator<I, O> operator,
      KeySelector<I, K> keySelector,
      TypeInformation<K> keyType,
      StateBackend backend)
      throws Exception {
    this(keySelector, keyType, backend);
    running = List.of(subtask(operator, 0, 1));
    for (Subtask<K, I, O> subtask : running) {
      subtask.harness.open();
    }
  }

  private KeyedRun(
      KeySelector<I, K> keySelector, TypeInformation<K> keyType, StateBackend backend) {
    this.keySelector = keySelector;
    this.keyType = keyType;
    this.backend = backend;
  }

  private Subtask<K, I, O> subtask(
      OneInputStreamOperator<I, O> operator, int index, int parallelism) throws Exception {
    RecordedCounters counters = new RecordedCounters();
    MockEnvironment environment =
        new MockEnvironmentBuilder()
            .setMetricGroup(counters.taskMetrics())
            .setMaxParallelism(MAX_PARALLELISM)
            .setParallelism(parallelism)
            .setSubtaskIndex(index)
            .build();
    KeyedOneInputStreamOperatorTestHarness<K, I, O> harness =
        new KeyedOneInputStreamOperatorTestHarness<>(
            InstantiationUtil.clone(operator), keySelector, keyType, environment);
    harness.setStateBackend(backend);
    return new Subtask<>(harness, counters);
  }

  /** Takes a snapshot, stops, and goes on from the snapshot. */
  public void restart(KeyedProcessFunction<K, I, O> function, int parallelism) throws Exception {
    restart(new KeyedProcessOperator<>(function), parallelism);
  }

  /** The same for an operator that is no function. */
  public void restart(OneInputStreamOperator<I, O> operator, int parallelism) throws Exception {
    int before = running.size();
    OperatorSubtaskState whole = stop();
    stopped.addAll(running);
    running = restored(operator, whole, before, parallelism);
  }

  /** Takes a snapshot, stops, and goes on from it with an operator of the same state. */
  public <J> KeyedRun<K, J, O> goOnWith(
      OneInputStreamOperator<J, O> operator, KeySelector<J, K> otherKeySelector) throws Exception {
    KeyedRun<K, J, O> other = new KeyedRun<>(otherKeySelector, keyType, backend);
    other.running = other.restored(operator, stop(), running.size(), running.size());
    return other;
  }

  private OperatorSubtaskState stop() throws Exception {
    checkpoints++;
    List<OperatorSubtaskState> states = new ArrayList<>();
    for (Subtask<K, I, O> subtask : running) {
      subtask.harness.prepareSnapshotPreBarrier(checkpoints);
      states.add(subtask.harness.snapshot(checkpoints, checkpoints));
    }
    close();
    return AbstractStreamOperatorTestHarness.repackageState(
        states.toArray(OperatorSubtaskState[]::new));
  }

  private List<Subtask<K, I, O>> restored(
      OneInputStreamOperator<I, O> operator,
      OperatorSubtaskState whole,
      int before,
      int parallelism)
      throws Exception {
    List<Subtask<K, I, O>> restored = new ArrayList<>();
    for (int i = 0; i < parallelism; i++) {
      Subtask<K, I, O> subtask = subtask(operator, i, parallelism);
      subtask.harness.initializeState(
          AbstractStreamOperatorTestHarness.repartitionOperatorState(
              whole, MAX_PARALLELISM, before, parallelism, i));
      subtask.harness.open();
      restored.add(subtask);
    }
    return restored;
  }

  /** Hands the record to the subtask of its key, which is set only if Flink would. */
  public void add(I record, long eventTimeMs) throws Exception {
    int index =
        KeyGroupRangeAssignment.assignKeyToParallelOperator(
            keySelector.getKey(record), MAX_PARALLELISM, running.size());
    RecordProcessorUtils.getRecordProcessor(running.get(index).harness.getOneInputOperator())
        .accept(new StreamRecord<>(record, eventTimeMs));
  }

  /** What a checkpoint asks for before it sends its barrier on. */
  public void barrier() throws Exception {
    checkpoints++;
    for (Subtask<K, I, O> subtask : running) {
      subtask.harness.prepareSnapshotPreBarrier(checkpoints);
    }
  }

  /** The end of the input. */
  public void finish() throws Exception {
    for (Subtask<K, I, O> subtask : running) {
      subtask.harness.getOneInputOperator().finish();
    }
  }

  public void watermark(long watermarkMs) throws Exception {
    for (Subtask<K, I, O> subtask : running) {
      subtask.harness.processWatermark(watermarkMs);
    }
  }

  /** Everything emitted since the first start, by subtask in the order of emission. */
  public List<O> results() {
    return all().flatMap(subtask -> subtask.harness.extractOutputValues().stream()).toList();
  }

  /** Event times of {@link #results()}. */
  public List<Long> resultTimesMs() {
    return all()
        .flatMap(subtask -> subtask.harness.extractOutputStreamRecords().stream())
        .map(StreamRecord::getTimestamp)
        .toList();
  }

  /** Everything on the side since the first start. */
  public <X> List<X> side(OutputTag<X> tag) {
    return all()
        .map(subtask -> subtask.harness.getSideOutput(tag))
        .filter(queue -> queue != null)
        .flatMap(Collection::stream)
        .map(StreamRecord::getValue)
        .toList();
  }

  /** Sum over all that ever ran. */
  public long counter(String name) {
    return all().mapToLong(subtask -> subtask.counters.get(name)).sum();
  }

  /** Event-time timers that wait. */
  public int timers() {
    return running.stream().mapToInt(subtask -> subtask.harness.numEventTimeTimers()).sum();
  }

  /** How many keys hold state; of state on the heap only. */
  public int stateEntries() {
    return running.stream().mapToInt(subtask -> subtask.harness.numKeyedStateEntries()).sum();
  }

  private Stream<Subtask<K, I, O>> all() {
    return Stream.concat(stopped.stream(), running.stream());
  }

  @Override
  public void close() {
    for (Subtask<K, I, O> subtask : running) {
      try {
        subtask.harness.close();
      } catch (Exception e) {
        throw new IllegalStateException("the function could not be closed", e);
      }
    }
  }
}
