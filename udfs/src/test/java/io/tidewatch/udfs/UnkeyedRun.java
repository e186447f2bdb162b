package io.tidewatch.udfs;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.operators.testutils.MockEnvironmentBuilder;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.apache.flink.util.InstantiationUtil;
import org.apache.flink.util.OutputTag;

/**
 * A function without keys as Flink runs it: shipped to one or several subtasks, opened, fed,
 * stopped with a snapshot and restored from it with another operator or parallelism.
 */
public final class UnkeyedRun<I, O> implements AutoCloseable {
  private static final int MAX_PARALLELISM = 128;

  private final List<Subtask<I, O>> stopped = new ArrayList<>();
  private List<Subtask<I, O>> running = List.of();
  private long checkpoints;

  private record Subtask<I, O>(
      OneInputStreamOperatorTestHarness<I, O> harness, RecordedCounters counters) {}

  public UnkeyedRun(OneInputStreamOperator<I, O> operator) throws Exception {
    this(operator, 1);
  }

  public UnkeyedRun(OneInputStreamOperator<I, O> operator, int parallelism) throws Exception {
    start(operator, parallelism, null);
  }

  private void start(
      OneInputStreamOperator<I, O> operator, int parallelism, OperatorSubtaskState whole)
      throws Exception {
    int before = running.size();
    List<Subtask<I, O>> started = new ArrayList<>();
    for (int i = 0; i < parallelism; i++) {
      RecordedCounters counters = new RecordedCounters();
      OneInputStreamOperatorTestHarness<I, O> harness =
          new OneInputStreamOperatorTestHarness<>(
              InstantiationUtil.clone(operator),
              new MockEnvironmentBuilder()
                  .setMetricGroup(counters.taskMetrics())
                  .setMaxParallelism(MAX_PARALLELISM)
                  .setParallelism(parallelism)
                  .setSubtaskIndex(i)
                  .build());
      if (whole != null) {
        harness.initializeState(
            AbstractStreamOperatorTestHarness.repartitionOperatorState(
                whole, MAX_PARALLELISM, before, parallelism, i));
      }
      harness.open();
      started.add(new Subtask<>(harness, counters));
    }
    running = started;
  }

  /** Takes a snapshot, stops, and goes on from the snapshot. */
  public void restart(OneInputStreamOperator<I, O> operator, int parallelism) throws Exception {
    checkpoints++;
    List<OperatorSubtaskState> states = new ArrayList<>();
    for (Subtask<I, O> subtask : running) {
      states.add(subtask.harness.snapshot(checkpoints, checkpoints));
    }
    close();
    stopped.addAll(running);
    start(
        operator,
        parallelism,
        AbstractStreamOperatorTestHarness.repackageState(
            states.toArray(OperatorSubtaskState[]::new)));
  }

  public void add(I record, long eventTimeMs) throws Exception {
    add(0, record, eventTimeMs);
  }

  public void add(int subtask, I record, long eventTimeMs) throws Exception {
    running.get(subtask).harness.processElement(record, eventTimeMs);
  }

  public void watermark(long watermarkMs) throws Exception {
    for (Subtask<I, O> subtask : running) {
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

  /** What each subtask that runs shows. */
  public List<Object> gauge(String name) {
    return running.stream().map(subtask -> subtask.counters.gauge(name)).toList();
  }

  private Stream<Subtask<I, O>> all() {
    return Stream.concat(stopped.stream(), running.stream());
  }

  @Override
  public void close() {
    for (Subtask<I, O> subtask : running) {
      try {
        subtask.harness.close();
      } catch (Exception e) {
        throw new IllegalStateException("the function could not be closed", e);
      }
    }
  }
}
