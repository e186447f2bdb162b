package io.tidewatch.jobs.sink.jdbc;

import java.time.Duration;
import java.util.SplittableRandom;

/**
 * How long to wait before the next try: from {@link #FIRST} on twice as long each time, at most
 * {@link #LONGEST}; of that a random share between a half and the whole, so that subtasks which
 * lost the same server do not come back at the same moment.
 */
final class Backoff {
  /** Longer than a restart of a connection pooler, shorter than anybody waits for a row. */
  static final Duration FIRST = Duration.ofMillis(100);

  /** A server that is back is found within that time; asked at that pace it is not kept busy. */
  static final Duration LONGEST = Duration.ofSeconds(5);

  private final SplittableRandom random;
  private long nextMs = FIRST.toMillis();

  /**
   * @param seed another one for each subtask
   */
  Backoff(long seed) {
    this.random = new SplittableRandom(seed);
  }

  Duration next() {
    long wholeMs = nextMs;
    nextMs = Math.min(2 * nextMs, LONGEST.toMillis());
    return Duration.ofMillis(wholeMs - random.nextLong(wholeMs / 2 + 1));
  }

  /** The next one is a first one again. */
  void reset() {
    nextMs = FIRST.toMillis();
  }
}
