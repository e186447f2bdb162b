package io.tidewatch.notifier.deliver;

import java.time.Duration;

/**
 * A token bucket: some messages at once, then one in each interval. Whoever takes a token that is
 * not there yet waits for it. Not thread-safe.
 */
final class TokenBucket {
  private final int burst;
  private final long everyNanos;
  private double tokens;
  private long atNanos;

  /**
   * A full one.
   *
   * @param burst most tokens in it
   * @param every after which there is one more
   * @param nowNanos of a clock that does not go back, any origin
   */
  TokenBucket(int burst, Duration every, long nowNanos) {
    this.burst = burst;
    this.everyNanos = every.toNanos();
    this.tokens = burst;
    this.atNanos = nowNanos;
  }

  /** Takes one token; says how long to wait before it may be used. */
  Duration take(long nowNanos) {
    tokens = Math.min(burst, tokens + (double) (nowNanos - atNanos) / everyNanos);
    atNanos = nowNanos;
    tokens -= 1;
    return tokens >= 0 ? Duration.ZERO : Duration.ofNanos((long) (-tokens * everyNanos));
  }
}
