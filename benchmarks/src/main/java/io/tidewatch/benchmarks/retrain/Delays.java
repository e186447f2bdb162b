package io.tidewatch.benchmarks.retrain;

import io.tidewatch.benchmarks.ProcessorTime;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * The delays of this JVM's run; one job at a time. A row is due at its place in an even stream,
 * whether or not it could be sent then: of a row that waits behind others the wait counts.
 *
 * <p>The same is reckoned by the processor's clock of the thread that scores, after Lindley (The
 * theory of queues with a single server, 1952): a row waits for what is left of the row before it,
 * and takes what the thread worked for it, a training and what a checkpoint does in that thread
 * included. What others take from the thread, other machines on the same host among them, is not in
 * it.
 */
final class Delays {
  private static final int DIGITS = 3;
  private static final double NANOS_PER_MS = 1e6;
  private static final long LOOK_EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private static final Histogram NANOS = new Histogram(DIGITS);
  private static final Histogram WORK_NANOS = new Histogram(DIGITS);
  private static long periodNanos;
  private static volatile long firstDueNanos;
  private static volatile long newest;
  private static long trained;
  private static long warmUpRows;
  private static long cpuNanos;
  private static long workNanos;
  private static ProcessorTime processors = ProcessorTime.now();
  private static @Nullable Thread scorer;

  private Delays() {}

  /** Before the job is started. */
  static synchronized void begin(RetrainSpec spec) {
    NANOS.reset();
    WORK_NANOS.reset();
    trained = 0;
    warmUpRows = spec.rowsOfWarmUp();
    workNanos = 0;
    scorer = null;
    firstDueNanos = 0;
    newest = -spec.rowsBefore() - 1;
    periodNanos = TimeUnit.SECONDS.toNanos(1) / spec.rowsPerSecond();
  }

  /**
   * Waits until a row is due. The first one waits until all rows before it were scored, and says
   * when it is for all.
   *
   * @param row of those that are paced, from 0
   */
  static void awaitDue(long row) {
    if (row == 0) {
      while (newest < -1) {
        LockSupport.parkNanos(LOOK_EVERY_NANOS);
      }
      firstDueNanos = System.nanoTime() + periodNanos;
    }
    long left = dueNanos(row) - System.nanoTime();
    while (left > 0) {
      LockSupport.parkNanos(left);
      left = dueNanos(row) - System.nanoTime();
    }
  }

  /**
   * A row was scored.
   *
   * @param row negative for one before the paced ones
   */
  static synchronized void scored(long row) {
    if (row < 0) {
      newest = row;
      return;
    }
    work(row);
    if (row < warmUpRows) {
      return;
    }
    if (row == warmUpRows) {
      processors = ProcessorTime.now();
    }
    NANOS.recordValue(Math.max(0, System.nanoTime() - dueNanos(row)));
    WORK_NANOS.recordValue(workNanos);
  }

  private static void work(long row) {
    long now = THREADS.getCurrentThreadCpuTime();
    if (row == 0) {
      scorer = Thread.currentThread();
    } else if (scorer == Thread.currentThread()) {
      workNanos = Math.max(0, workNanos - periodNanos) + now - cpuNanos;
    } else {
      throw new IllegalStateException("rows are scored by more than one thread");
    }
    cpuNanos = now;
  }

  /** A model was trained; counts while rows are measured. */
  static synchronized void trained() {
    if (NANOS.getTotalCount() > 0) {
      trained++;
    }
  }

  /** How many rows were measured. */
  static synchronized long rows() {
    return NANOS.getTotalCount();
  }

  static synchronized RetrainResult result(RetrainSpec spec, double loadAverage) {
    return new RetrainResult(
        spec,
        NANOS.getTotalCount(),
        trained,
        NANOS.getValueAtPercentile(50) / NANOS_PER_MS,
        NANOS.getValueAtPercentile(99) / NANOS_PER_MS,
        NANOS.getValueAtPercentile(99.9) / NANOS_PER_MS,
        NANOS.getMaxValue() / NANOS_PER_MS,
        WORK_NANOS.getValueAtPercentile(99) / NANOS_PER_MS,
        WORK_NANOS.getMaxValue() / NANOS_PER_MS,
        processors.stolenSince(),
        loadAverage);
  }

  private static long dueNanos(long row) {
    return firstDueNanos + row * periodNanos;
  }
}
