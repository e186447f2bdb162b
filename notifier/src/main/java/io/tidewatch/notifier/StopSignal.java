package io.tidewatch.notifier;

import io.tidewatch.notifier.deliver.Pause;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The time of this machine, until the process is to end. */
final class StopSignal implements Pause {
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

  void stop() {
    stopped.countDown();
  }

  /** Stops because of a failure; the first one counts. */
  void fail(Throwable cause) {
    failure.compareAndSet(null, cause);
    stop();
  }

  @Nullable Throwable failure() {
    return failure.get();
  }

  boolean isStopped() {
    return stopped.getCount() == 0;
  }

  void awaitStop() throws InterruptedException {
    stopped.await();
  }

  @Override
  public long nowMs() {
    return System.currentTimeMillis();
  }

  @Override
  public long nanos() {
    return System.nanoTime();
  }

  @Override
  public boolean await(Duration duration) throws InterruptedException {
    return !stopped.await(duration.toNanos(), TimeUnit.NANOSECONDS);
  }
}
