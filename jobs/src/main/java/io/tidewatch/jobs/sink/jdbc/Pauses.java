package io.tidewatch.jobs.sink.jdbc;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The time that passes while a writer waits; tests have their own. */
interface Pauses {
  Pauses OF_THIS_MACHINE =
      new Pauses() {
        @Override
        public long nanoTime() {
          return System.nanoTime();
        }

        @Override
        public long currentTimeMs() {
          return System.currentTimeMillis();
        }

        @Override
        public void await(Duration pause) throws InterruptedException {
          // nobody counts it down: it ends after the time, or when the task is cancelled
          boolean unused = new CountDownLatch(1).await(pause.toNanos(), TimeUnit.NANOSECONDS);
        }
      };

  /** Nanoseconds of a clock that only goes forward, of no particular origin. */
  long nanoTime();

  /** Wall clock, milliseconds since the epoch. */
  long currentTimeMs();

  /**
   * Returns when that time is over.
   *
   * @throws InterruptedException at once when the task is cancelled
   */
  void await(Duration pause) throws InterruptedException;
}
