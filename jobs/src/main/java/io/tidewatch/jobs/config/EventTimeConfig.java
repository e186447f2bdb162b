package io.tidewatch.jobs.config;

import java.time.Duration;
import java.time.Instant;

/**
 * How event time advances.
 *
 * @param maxOutOfOrderness the watermark of a partition stays this far behind its newest record
 * @param allowedLateness how long after its first window has fired a record may still correct the
 *     rows of the windows it is in
 * @param idleAfter a partition without a record for this long no longer holds the others back
 * @param maxAhead a record further ahead of the broker's time than this is refused
 * @param earliest a record before this time is refused
 */
public record EventTimeConfig(
    Duration maxOutOfOrderness,
    Duration allowedLateness,
    Duration idleAfter,
    Duration maxAhead,
    Instant earliest) {

  public EventTimeConfig {
    if (maxOutOfOrderness.isNegative()) {
      throw new IllegalArgumentException(
          "max_out_of_orderness: must be ≥ PT0S, was " + maxOutOfOrderness);
    }
    if (allowedLateness.isNegative()) {
      throw new IllegalArgumentException(
          "allowed_lateness: must be ≥ PT0S, was " + allowedLateness);
    }
    if (idleAfter.toMillis() < 1) {
      throw new IllegalArgumentException("idle_after: must be ≥ PT0.001S, was " + idleAfter);
    }
    if (maxAhead.isNegative()) {
      throw new IllegalArgumentException("max_ahead: must be ≥ PT0S, was " + maxAhead);
    }
  }
}
