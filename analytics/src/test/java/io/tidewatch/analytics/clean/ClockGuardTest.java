package io.tidewatch.analytics.clean;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidewatch.schemas.reject.RejectReason;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClockGuardTest {
  private static final long NOW_MS = Instant.parse("2026-03-01T12:00:00Z").toEpochMilli();
  private static final long MAX_AHEAD_MS = Duration.ofMinutes(5).toMillis();
  private static final long EARLIEST_MS = Instant.parse("2000-01-01T00:00:00Z").toEpochMilli();

  private final ClockGuard guard = ClockGuard.withDefaults();

  @Test
  void acceptsWhatLiesWithinBothLimitsInclusive() {
    assertThat(guard.judge(NOW_MS, NOW_MS)).isNull();
    assertThat(guard.judge(NOW_MS + MAX_AHEAD_MS, NOW_MS)).isNull();
    assertThat(guard.judge(EARLIEST_MS, NOW_MS)).isNull();
  }

  @Test
  void refusesOneMillisecondBeyondEitherLimit() {
    assertThat(guard.judge(NOW_MS + MAX_AHEAD_MS + 1, NOW_MS).reason())
        .isEqualTo(RejectReason.EVENT_TIME_AHEAD);
    assertThat(guard.judge(EARLIEST_MS - 1, NOW_MS).reason())
        .isEqualTo(RejectReason.EVENT_TIME_TOO_OLD);
  }

  @Test
  void recognisesOtherUnits() {
    assertThat(guard.judge(NOW_MS / 1000, NOW_MS))
        .isEqualTo(
            new ClockGuard.Refusal(
                RejectReason.EVENT_TIME_TOO_OLD,
                "event time 1772366400 (1970-01-21T12:19:26.400Z) lies before"
                    + " 2000-01-01T00:00:00Z; looks like seconds"));
    assertThat(guard.judge(NOW_MS * 1000, NOW_MS).detail()).endsWith("looks like microseconds");
    assertThat(guard.judge(NOW_MS * 1_000_000, NOW_MS).detail()).endsWith("looks like nanoseconds");
    assertThat(guard.judge(0, NOW_MS).detail()).doesNotContain("looks like");
    assertThat(guard.judge(NOW_MS + MAX_AHEAD_MS + 1, NOW_MS).detail())
        .endsWith("after the broker's time " + NOW_MS + " (2026-03-01T12:00:00Z)");
  }

  @ParameterizedTest
  @ValueSource(longs = {Long.MIN_VALUE, Long.MIN_VALUE + 1, -1, 0, Long.MAX_VALUE})
  void doesNotOverflowAtTheEndsOfTime(long brokerTimeMs) {
    assertThat(guard.judge(Long.MIN_VALUE, brokerTimeMs).reason())
        .isEqualTo(RejectReason.EVENT_TIME_TOO_OLD);
    ClockGuard.Refusal ahead = guard.judge(Long.MAX_VALUE, brokerTimeMs);
    if (brokerTimeMs == Long.MAX_VALUE) {
      assertThat(ahead).isNull();
    } else {
      assertThat(ahead.reason()).isEqualTo(RejectReason.EVENT_TIME_AHEAD);
    }
  }

  @Test
  void refusesEveryEventWhenTheBrokersTimeIsUnknown() {
    assertThat(guard.judge(NOW_MS, -1).reason()).isEqualTo(RejectReason.EVENT_TIME_AHEAD);
  }

  @Test
  void refusesLimitsThatAreNoTimes() {
    assertThatThrownBy(() -> new ClockGuard(Duration.ofMillis(-1), Instant.EPOCH))
        .hasMessage("max_ahead: must be ≥ PT0S, was PT-0.001S");
    assertThatThrownBy(() -> new ClockGuard(Duration.ofSeconds(Long.MAX_VALUE), Instant.EPOCH))
        .hasMessageStartingWith("max_ahead: must fit milliseconds");
    assertThatThrownBy(() -> new ClockGuard(Duration.ZERO, Instant.MIN))
        .hasMessageStartingWith("earliest: must fit milliseconds");
    assertThatThrownBy(() -> new ClockGuard(Duration.ZERO, Instant.MAX))
        .hasMessageStartingWith("earliest: must fit milliseconds");
  }
}
