package io.tidewatch.jobs.sink.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class BackoffTest {

  @Test
  void doublesUpToItsLimitAndTakesAtLeastHalfOfThat() {
    Backoff backoff = new Backoff(1);
    long wholeMs = Backoff.FIRST.toMillis();
    for (int i = 0; i < 20; i++) {
      assertThat(backoff.next().toMillis()).isBetween(wholeMs / 2, wholeMs);
      wholeMs = Math.min(2 * wholeMs, Backoff.LONGEST.toMillis());
    }
    assertThat(wholeMs).isEqualTo(Backoff.LONGEST.toMillis());
  }

  @Test
  void beginsAnewWhenItIsReset() {
    Backoff backoff = new Backoff(1);
    for (int i = 0; i < 20; i++) {
      backoff.next();
    }

    backoff.reset();

    assertThat(backoff.next()).isLessThanOrEqualTo(Backoff.FIRST);
  }

  @Test
  void isTheSameForASeedAndAnotherForAnother() {
    assertThat(ten(7)).isEqualTo(ten(7)).isNotEqualTo(ten(8));
  }

  private static List<Duration> ten(long seed) {
    return Stream.generate(new Backoff(seed)::next).limit(10).toList();
  }
}
