package io.tidewatch.benchmarks.workload;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.core.io.InputStatus;

/** One subtask's part of the events: every key, each {@code parallelism}-th record of it. */
final class EventReader<T> implements SourceReader<T, NoSplit> {
  /** Records a call: a barrier waits for no more than these, and the call itself costs nothing. */
  private static final int BATCH = 100;

  private final Events events;
  private final RecordMaker<T> maker;
  private final int subtask;
  private final int parallelism;
  private final double[] values = Workload.values();
  private long second;
  private int next;

  EventReader(Events events, RecordMaker<T> maker, int subtask, int parallelism) {
    this.events = events;
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
    if (second == events.seconds()) {
      Progress.reached(subtask, Workload.ENDLESS);
      return InputStatus.END_OF_INPUT;
    }
    if (!Progress.mayEmit(second)) {
      return InputStatus.NOTHING_AVAILABLE;
    }
    int all = events.records(second);
    int to = Math.min(all, next + BATCH * parallelism);
    int emitted = 0;
    for (int i = next; i < to; i++) {
      if (isMine(i)) {
        long timeMs = events.timeMs(second, i);
        double value = values[Workload.valueIndex(second, i)];
        output.collect(maker.make(events.key(second, i), timeMs, value), timeMs);
        emitted++;
      }
    }
    Progress.count(emitted);
    next = to;
    if (next == all) {
      output.emitWatermark(new Watermark(events.watermarkMs(second)));
      second++;
      next = 0;
      Progress.reached(subtask, second);
    }
    return InputStatus.MORE_AVAILABLE;
  }

  /** Shifted from round to round, so that each subtask meets each key. */
  private boolean isMine(int i) {
    return parallelism == 1 || (i + i / events.turn()) % parallelism == subtask;
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
