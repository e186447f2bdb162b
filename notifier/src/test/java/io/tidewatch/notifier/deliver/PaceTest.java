package io.tidewatch.notifier.deliver;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Token bucket and back-off. */
class PaceTest {
  private static final long SECOND = 1_000_000_000L;

  @Test
  void aBurstPassesAtOnceThenOneEachInterval() {
    TokenBucket bucket = new TokenBucket(3, Duration.ofSeconds(2), 0);
    for (int i = 0; i < 3; i++) {
      assertThat(bucket.take(0)).isZero();
    }
    assertThat(bucket.take(0)).isEqualTo(Duration.ofSeconds(2));
    assertThat(bucket.take(2 * SECOND)).isEqualTo(Duration.ofSeconds(2));
  }

  @Test
  void aBucketHoldsNoMoreThanTheBurst() {
    TokenBucket bucket = new TokenBucket(2, Duration.ofSeconds(1), 0);
    assertThat(bucket.take(1_000 * SECOND)).isZero();
    assertThat(bucket.take(1_000 * SECOND)).isZero();
    assertThat(bucket.take(1_000 * SECOND)).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void inTheLongRunNoMorePassThanTheBucketAllows() {
    SplittableRandom random = new SplittableRandom(7);
    TokenBucket bucket = new TokenBucket(5, Duration.ofSeconds(1), 0);
    long nanos = 0;
    int passed = 0;
    while (nanos < 1_000 * SECOND) {
      nanos += random.nextLong(SECOND);
      nanos += bucket.take(nanos).toNanos();
      passed++;
      assertThat(passed).isLessThanOrEqualTo((int) (5 + nanos / SECOND + 1));
    }
    assertThat(passed).isGreaterThan(900);
  }

  @Test
  void pausesDoubleWithChanceUpToTheLongest() {
    Backoff backoff =
        new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(60), new SplittableRandom(1));
    for (int failures = 1; failures < 40; failures++) {
      double full = Math.min(60, Math.pow(2, failures - 1));
      assertThat(backoff.after(failures, null).toMillis() / 1000.0)
          .isBetween(full / 2 - 0.001, full);
    }
  }

  @Test
  void nobodyIsAskedAgainSoonerThanItWants() {
    Backoff backoff =
        new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(60), new SplittableRandom(1));
    assertThat(backoff.after(1, Duration.ofSeconds(30))).isEqualTo(Duration.ofSeconds(30));
    assertThat(backoff.after(1, Duration.ZERO)).isPositive();
    assertThat(backoff.after(1, Duration.ofDays(9))).isEqualTo(Backoff.LONGEST_ASKED);
  }
}
