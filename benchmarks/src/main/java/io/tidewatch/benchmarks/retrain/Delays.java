package io.tidewatch.benchmarks.retrain;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/**
 * The delays of this JVM's run; one job at a time. A row is due at its place in an even stream,
 * whether or not it could be sent then: of a row that waits behind others the wait counts.
 */
final class Delays {
  private static final int DIGITS = 3;
  private static final double NANOS_PER_MS = 1e6;
  private static final long LOOK_EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  private static final Histogram NANOS = new Histogram(DIGITS);
  private static long periodNanos;
  private static volatile long firstDueNanos;
  private static volatile long newest;
  private static long trained;

  private Delays() {}

  /** Before the job is started. */
  static synchronized void begin(RetrainSpec spec) {
    NANOS.reset();
    trained = 0;
    firstDueNanos = 0;
    newest = -spec.rowsBefore() - 1;
    periodNanos = TimeUnit.SECONDS.toNanos(1) / spec.rowsPerSecond();
  }

  /**
   * Waits until a row is due. The first one waits until all rows before the measurement were
   * scored, and says when it is for all.
   *
   * @param row of those that are measured, from 0
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
   * @param row negative for one before the measurement
   */
  static synchronized void scored(long row) {
    if (row < 0) {
      newest = row;
      return;
    }
    NANOS.recordValue(Math.max(0, System.nanoTime() - dueNanos(row)));
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
        loadAverage);
  }

  private static long dueNanos(long row) {
    return firstDueNanos + row * periodNanos;
  }
}
