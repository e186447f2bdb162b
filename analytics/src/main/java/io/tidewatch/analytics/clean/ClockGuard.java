package io.tidewatch.analytics.clean;

import io.tidewatch.schemas.reject.RejectReason;
import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Judges the event time of a message against the broker's time of the same message. One event time
 * far ahead would move the watermark there, and every later record would be late; one far in the
 * past is usually in the wrong unit. Judging against the broker's time and not against a clock
 * keeps a replay equal to the first run.
 *
 * <p>Total over all longs; nothing overflows. An accepted record costs no allocation.
 *
 * <p>The broker's time is to be the time of appending ({@code
 * message.timestamp.type=LogAppendTime}). A negative one means unknown; it is taken as the number
 * it is, so that every event is refused as ahead: an event time that nothing vouches for must not
 * move a watermark.
 *
 * @param maxAhead how far an event time may lie after the broker's time, inclusive; not negative
 * @param earliest least event time that is accepted, inclusive
 */
public record ClockGuard(Duration maxAhead, Instant earliest) implements Serializable {

  /**
   * Five minutes: the fixed early-arrival limit of Azure Stream Analytics. Clocks set by NTP differ
   * by far less; devices that differ by more are wrong.
   */
  public static final Duration DEFAULT_MAX_AHEAD = Duration.ofMinutes(5);

  /**
   * The year 2000: seconds since the epoch read as milliseconds lie in January 1970 for every date
   * before 2052, and a device with a dead clock battery says 1970 or 1980.
   */
  public static final Instant DEFAULT_EARLIEST = Instant.parse("2000-01-01T00:00:00Z");

  /**
   * A time in another unit counts as recognised within a year of the broker's time: replays and
   * late devices stay recognisable, and units a factor 1000 apart cannot be mistaken for another.
   */
  private static final long PLAUSIBLE_MS = Duration.ofDays(365).toMillis();

  public ClockGuard {
    if (maxAhead.isNegative()) {
      throw new IllegalArgumentException("max_ahead: must be ≥ PT0S, was " + maxAhead);
    }
    if (maxAhead.compareTo(Duration.ofMillis(Long.MAX_VALUE)) > 0) {
      throw new IllegalArgumentException("max_ahead: must fit milliseconds, was " + maxAhead);
    }
    if (earliest.isBefore(Instant.ofEpochMilli(Long.MIN_VALUE))
        || earliest.isAfter(Instant.ofEpochMilli(Long.MAX_VALUE))) {
      throw new IllegalArgumentException("earliest: must fit milliseconds, was " + earliest);
    }
  }

  /** A guard with the default limits. */
  public static ClockGuard withDefaults() {
    return new ClockGuard(DEFAULT_MAX_AHEAD, DEFAULT_EARLIEST);
  }

  /**
   * Why a message was refused.
   *
   * @param reason {@code EVENT_TIME_TOO_OLD} or {@code EVENT_TIME_AHEAD}
   * @param detail one line for a person
   */
  public record Refusal(RejectReason reason, String detail) {}

  /**
   * @param eventTimeMs milliseconds since the epoch as the message says, any value
   * @param brokerTimeMs milliseconds since the epoch at which the broker took the message
   * @return null when the event time is accepted
   */
  public @Nullable Refusal judge(long eventTimeMs, long brokerTimeMs) {
    if (eventTimeMs < earliest.toEpochMilli()) {
      return new Refusal(
          RejectReason.EVENT_TIME_TOO_OLD,
          "event time "
              + text(eventTimeMs)
              + " lies before "
              + earliest
              + looksLike(eventTimeMs, brokerTimeMs));
    }
    if (isAhead(eventTimeMs, brokerTimeMs)) {
      return new Refusal(
          RejectReason.EVENT_TIME_AHEAD,
          "event time "
              + text(eventTimeMs)
              + " lies more than "
              + maxAhead
              + " after the broker's time "
              + text(brokerTimeMs)
              + looksLike(eventTimeMs, brokerTimeMs));
    }
    return null;
  }

  private boolean isAhead(long eventTimeMs, long brokerTimeMs) {
    // The difference of two longs always fits an unsigned long.
    return eventTimeMs > brokerTimeMs
        && Long.compareUnsigned(eventTimeMs - brokerTimeMs, maxAhead.toMillis()) > 0;
  }

  private static String looksLike(long eventTimeMs, long brokerTimeMs) {
    if (Math.abs(eventTimeMs / 1000) < Long.MAX_VALUE / 1_000_000
        && isPlausible(eventTimeMs * 1000, brokerTimeMs)) {
      return "; looks like seconds";
    }
    if (isPlausible(eventTimeMs / 1000, brokerTimeMs)) {
      return "; looks like microseconds";
    }
    if (isPlausible(eventTimeMs / 1_000_000, brokerTimeMs)) {
      return "; looks like nanoseconds";
    }
    return "";
  }

  private static boolean isPlausible(long eventTimeMs, long brokerTimeMs) {
    long apart = Math.max(eventTimeMs, brokerTimeMs) - Math.min(eventTimeMs, brokerTimeMs);
    return Long.compareUnsigned(apart, PLAUSIBLE_MS) <= 0;
  }

  private static String text(long epochMs) {
    return epochMs + " (" + Instant.ofEpochMilli(epochMs) + ")";
  }
}
