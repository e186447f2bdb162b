package io.tidewatch.notifier.deliver;

import java.time.Duration;

/** Time, as a channel sees it. */
public interface Pause {

  /** Milliseconds since the epoch. */
  long nowMs();

  /** Nanoseconds of a clock that does not go back. */
  long nanos();

  /**
   * Waits.
   *
   * @return false when waiting is over for good, because the process ends
   */
  boolean await(Duration duration) throws InterruptedException;
}
