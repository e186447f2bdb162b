package io.tidewatch.benchmarks.workload;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.core.io.InputStatus;

/** One subtask's part of the workload: every key, each {@code parallelism}-th record of it. */
final class EventReader<T> implements SourceReader<T, NoSplit> {
  /** Records a call: a barrier waits for no more than these, and the call itself costs nothing. */
  private static final int BATCH = 100;

  private final Workload workload;
  private final RecordMaker<T> maker;
  private final int subtask;
  private final int parallelism;
  private final double[] values = Workload.values();
  private long second;
  private int next;

  EventReader(Workload workload, RecordMaker<T> maker, int subtask, int parallelism) {
    this.workload = workload;
    this.maker = maker;
    this.subtask = subtask;
    this.parallelism = parallelism;
  }

  @Override
  public void start() {
    Progress.join(subtask, parallelism);
  }

  @Override
  public InputStatus pollNext(ReaderOutput<T> output) {
    if (second == workload.seconds()) {
      Progress.reached(subtask, Workload.ENDLESS);
      return InputStatus.END_OF_INPUT;
    }
    if (!Progress.mayEmit(second)) {
      return InputStatus.NOTHING_AVAILABLE;
    }
    int all = workload.records(second);
    int to = Math.min(all, next + BATCH * parallelism);
    int emitted = 0;
    for (int i = next; i < to; i++) {
      if (isMine(i)) {
        long timeMs = workload.timeMs(second, i);
        double value = values[Workload.valueIndex(second, i)];
        output.collect(maker.make(workload.key(i), timeMs, value), timeMs);
        emitted++;
      }
    }
    Progress.count(emitted);
    next = to;
    if (next == all) {
      second++;
      next = 0;
      output.emitWatermark(new Watermark(Workload.startMs(second) - 1));
      Progress.reached(subtask, second);
    }
    return InputStatus.MORE_AVAILABLE;
  }

  /** Shifted from round to round, so that each subtask meets each key. */
  private boolean isMine(int i) {
    return parallelism == 1 || (i + i / workload.keys()) % parallelism == subtask;
  }

  @Override
  public CompletableFuture<Void> isAvailable() {
    return Progress.mayLookAgain(second);
  }

  @Override
  public List<NoSplit> snapshotState(long checkpointId) {
    return List.of();
  }

  @Override
  public void addSplits(List<NoSplit> splits) {}

  @Override
  public void notifyNoMoreSplits() {}

  @Override
  public void close() {}
}
