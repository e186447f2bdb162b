package io.tidewatch.udfs.window;

import io.tidewatch.udfs.KeyedRun;
import io.tidewatch.udfs.RecordedCounters;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.operators.testutils.MockEnvironmentBuilder;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.apache.flink.util.InstantiationUtil;

/**
 * Sources as the windows see them: some subtasks, each with its watermark, its pauses and unless it
 * has none, its first phase. What a subtask emits is at the windows at once; their watermark is the
 * least of those of the active subtasks, and one that comes back is counted again when it has
 * caught up, as Flink's input gates do.
 */
final class TwoPhaseRun<K, I, T, R> implements AutoCloseable {
  private static final int MAX_PARALLELISM = 128;

  private final PreAggregateOperator<K, I, T> operator;
  private final KeyedRun<K, WindowInput<K, I, T>, R> windows;
  private final PaneWindowOperator<K, WindowInput<K, I, T>, I, T, R> second;
  private final List<RecordedCounters> counters = new ArrayList<>();
  private List<OneInputStreamOperatorTestHarness<I, WindowInput<K, I, T>>> subtasks =
      new ArrayList<>();
  private Channels channels;
  private long checkpoints;

  TwoPhaseRun(
      int parallelism,
      PreAggregateOperator<K, I, T> operator,
      PaneWindowOperator<K, WindowInput<K, I, T>, I, T, R> second,
      KeyedRun<K, WindowInput<K, I, T>, R> windows)
      throws Exception {
    this.operator = operator;
    this.channels = new Channels(parallelism);
    this.second = second;
    this.windows = windows;
    for (int i = 0; i < parallelism; i++) {
      OneInputStreamOperatorTestHarness<I, WindowInput<K, I, T>> subtask = subtask(i, parallelism);
      subtask.open();
      subtasks.add(subtask);
    }
  }

  private OneInputStreamOperatorTestHarness<I, WindowInput<K, I, T>> subtask(
      int index, int parallelism) throws Exception {
    RecordedCounters recorded = new RecordedCounters();
    counters.add(recorded);
    return new OneInputStreamOperatorTestHarness<>(
        InstantiationUtil.clone(operator),
        new MockEnvironmentBuilder()
            .setMetricGroup(recorded.taskMetrics())
            .setMaxParallelism(MAX_PARALLELISM)
            .setParallelism(parallelism)
            .setSubtaskIndex(index)
            .build());
  }

  void add(int subtask, I record, long eventTimeMs) throws Exception {
    subtasks.get(subtask).processElement(record, eventTimeMs);
    handOn(subtask);
  }

  void watermark(int subtask, long watermarkMs) throws Exception {
    subtasks.get(subtask).processWatermark(watermarkMs);
    handOn(subtask);
  }

  void watermark(long watermarkMs) throws Exception {
    for (int i = 0; i < subtasks.size(); i++) {
      watermark(i, watermarkMs);
    }
  }

  void idle(int subtask) throws Exception {
    subtasks.get(subtask).processWatermarkStatus(WatermarkStatus.IDLE);
    handOn(subtask);
  }

  void active(int subtask) throws Exception {
    subtasks.get(subtask).processWatermarkStatus(WatermarkStatus.ACTIVE);
    handOn(subtask);
  }

  /** What a checkpoint asks for before its barrier is sent on, in both phases. */
  void barrier() throws Exception {
    checkpoints++;
    for (int i = 0; i < subtasks.size(); i++) {
      subtasks.get(i).prepareSnapshotPreBarrier(checkpoints);
      handOn(i);
    }
    windows.barrier();
  }

  /** A checkpoint, and on from it with so many subtasks of both phases. */
  void restart(int parallelism) throws Exception {
    restart(parallelism, parallelism);
  }

  /** The same with another number of subtasks of the second phase. */
  void restart(int parallelism, int windowParallelism) throws Exception {
    checkpoints++;
    List<OperatorSubtaskState> states = new ArrayList<>();
    for (int i = 0; i < subtasks.size(); i++) {
      subtasks.get(i).prepareSnapshotPreBarrier(checkpoints);
      handOn(i);
      states.add(subtasks.get(i).snapshot(checkpoints, checkpoints));
      subtasks.get(i).close();
    }
    OperatorSubtaskState whole =
        AbstractStreamOperatorTestHarness.repackageState(
            states.toArray(OperatorSubtaskState[]::new));
    int before = subtasks.size();
    subtasks = new ArrayList<>();
    for (int i = 0; i < parallelism; i++) {
      OneInputStreamOperatorTestHarness<I, WindowInput<K, I, T>> subtask = subtask(i, parallelism);
      subtask.initializeState(
          AbstractStreamOperatorTestHarness.repartitionOperatorState(
              whole, MAX_PARALLELISM, before, parallelism, i));
      subtask.open();
      subtasks.add(subtask);
    }
    channels = new Channels(parallelism);
    windows.restart(second, windowParallelism);
  }

  private void handOn(int subtask) throws Exception {
    var output = subtasks.get(subtask).getOutput();
    for (Object each = output.poll(); each != null; each = output.poll()) {
      if (each instanceof Watermark mark) {
        channels.watermark(subtask, mark.getTimestamp());
      } else if (each instanceof WatermarkStatus status) {
        channels.active(subtask, status.isActive());
      } else {
        send(each);
      }
      if (channels.advance()) {
        windows.watermark(channels.combinedMs());
      }
    }
  }

  @SuppressWarnings("unchecked") // an operator emits what it says
  private void send(Object element) throws Exception {
    StreamRecord<WindowInput<K, I, T>> sent = (StreamRecord<WindowInput<K, I, T>>) element;
    windows.add(sent.getValue(), sent.getTimestamp());
  }

  /** Second phase. */
  KeyedRun<K, WindowInput<K, I, T>, R> windows() {
    return windows;
  }

  /** Of the first phase, over all that ever ran. */
  long counter(String name) {
    return counters.stream().mapToLong(each -> each.get(name)).sum();
  }

  @Override
  public void close() {
    for (OneInputStreamOperatorTestHarness<I, WindowInput<K, I, T>> subtask : subtasks) {
      try {
        subtask.close();
      } catch (Exception e) {
        throw new IllegalStateException("the operator could not be closed", e);
      }
    }
    windows.close();
  }
}
