package io.tidewatch.notifier.deliver;

import java.time.Duration;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Pauses between attempts: each about twice as long as the one before, by chance between half of
 * that and all of it, so that those who failed together do not come back together.
 */
final class Backoff {
  /** Longer than a receiver needs, short enough not to be told to be silent for good. */
  static final Duration LONGEST_ASKED = Duration.ofHours(1);

  private final Duration first;
  private final Duration most;
  private final RandomGenerator random;

  Backoff(Duration first, Duration most, RandomGenerator random) {
    this.first = first;
    this.most = most;
    this.random = random;
  }

  /**
   * The pause after an attempt.
   *
   * @param failures how many attempts failed so far, from 1
   * @param asked what the other side asked for; it is not asked again sooner
   */
  Duration after(int failures, @Nullable Duration asked) {
    double full = Math.min((double) most.toNanos(), first.toNanos() * Math.pow(2, failures - 1.0));
    Duration own = Duration.ofNanos((long) (full * (0.5 + 0.5 * random.nextDouble())));
    if (asked == null) {
      return own;
    }
    Duration wanted = asked.compareTo(LONGEST_ASKED) > 0 ? LONGEST_ASKED : asked;
    return wanted.compareTo(own) > 0 ? wanted : own;
  }
}
