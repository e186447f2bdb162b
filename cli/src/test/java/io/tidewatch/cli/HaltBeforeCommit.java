package io.tidewatch.cli;

import io.tidewatch.schemas.derived.AlertEvent;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.api.common.state.CheckpointListener;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.jspecify.annotations.Nullable;

/**
 * Fails its job once, when the second checkpoint that holds events is complete, before sinks that
 * are chained and attached later can commit: Flink tells the operators of a chain one after the
 * other that a checkpoint is complete, and of two branches first the one that was attached first.
 * An exception is kept until all were told; an error is not, and is what is thrown here.
 */
final class HaltBeforeCommit extends RichMapFunction<AlertEvent, AlertEvent>
    implements CheckpointedFunction, CheckpointListener {
  private static final long serialVersionUID = 1;
  private static final Map<String, Halt> HALTS = new ConcurrentHashMap<>();

  private final String job;
  private transient TreeMap<Long, Set<String>> byCheckpoint;
  private transient Set<String> passed;
  private transient int withEvents;

  /**
   * What happened.
   *
   * @param pending ids of the events that the last checkpoint holds and no one before it
   * @param atNanos when it failed
   * @param awayFor until it ran again; null while it does not
   */
  record Halt(Set<String> pending, long atNanos, @Nullable Duration awayFor) {}

  /**
   * @param job a name of its own
   */
  HaltBeforeCommit(String job) {
    this.job = job;
  }

  /** Null until it happens. */
  static @Nullable Halt of(String job) {
    return HALTS.get(job);
  }

  @Override
  public void initializeState(FunctionInitializationContext context) {
    byCheckpoint = new TreeMap<>();
    passed = new HashSet<>();
    HALTS.computeIfPresent(
        job,
        (name, halt) ->
            new Halt(
                halt.pending, halt.atNanos, Duration.ofNanos(System.nanoTime() - halt.atNanos)));
  }

  @Override
  public AlertEvent map(AlertEvent event) {
    passed.add(event.eventId());
    return event;
  }

  @Override
  public void snapshotState(FunctionSnapshotContext context) {
    byCheckpoint.put(context.getCheckpointId(), passed);
    passed = new HashSet<>();
  }

  @Override
  public void notifyCheckpointComplete(long checkpointId) {
    Map<Long, Set<String>> complete = byCheckpoint.headMap(checkpointId, true);
    Set<String> held = new HashSet<>();
    complete.values().forEach(held::addAll);
    complete.clear();
    if (!held.isEmpty() && ++withEvents == 2 && !HALTS.containsKey(job)) {
      HALTS.put(job, new Halt(held, System.nanoTime(), null));
      throw new Error("halted before the commit of checkpoint " + checkpointId);
    }
  }
}
