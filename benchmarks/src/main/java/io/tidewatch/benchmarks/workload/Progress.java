package io.tidewatch.benchmarks.workload;

import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.LongAdder;

/**
 * How far the event sources of this JVM are; one job at a time. Keeps parallel sources within a few
 * event-seconds of each other, as partitions of a topic that is read live are.
 */
public final class Progress {
  /** In event-seconds; above 1, so that no source waits while another closes its second. */
  private static final long MAX_LEAD = 2;

  private static final LongAdder RECORDS = new LongAdder();
  private static long[] seconds = {};
  private static long heldAt = Workload.ENDLESS;
  private static CompletableFuture<Void> moved = new CompletableFuture<>();

  private Progress() {}

  /** Records emitted so far. */
  public static long records() {
    return RECORDS.sum();
  }

  public static void count(int records) {
    RECORDS.add(records);
  }

  /** The event-second that every source has reached. */
  public static synchronized long second() {
    return slowest();
  }

  /** No source begins that event-second before this is called with a later one. */
  public static void holdAt(long second) {
    CompletableFuture<Void> before;
    synchronized (Progress.class) {
      heldAt = second;
      before = renewed();
    }
    before.complete(null);
  }

  static synchronized void join(int subtask, int parallelism) {
    if (seconds.length != parallelism) {
      seconds = new long[parallelism];
    }
    seconds[subtask] = 0;
  }

  /** Tells that a source has begun that event-second. */
  public static void reached(int subtask, long second) {
    CompletableFuture<Void> before;
    synchronized (Progress.class) {
      if (seconds.length <= subtask) {
        seconds = Arrays.copyOf(seconds, subtask + 1);
      }
      seconds[subtask] = second;
      before = renewed();
    }
    before.complete(null);
  }

  static synchronized boolean mayEmit(long second) {
    return second < heldAt && second <= slowest() + MAX_LEAD;
  }

  /** Done when a source in that event-second may look again. */
  static synchronized CompletableFuture<Void> mayLookAgain(long second) {
    return mayEmit(second) ? CompletableFuture.completedFuture(null) : moved;
  }

  private static CompletableFuture<Void> renewed() {
    CompletableFuture<Void> before = moved;
    moved = new CompletableFuture<>();
    return before;
  }

  private static long slowest() {
    return Arrays.stream(seconds).min().orElse(0);
  }
}
