package io.tidewatch.schemas.dataset;

import io.tidewatch.schemas.event.DeviceTelemetry;

/**
 * A stored reading, and since when it is known.
 *
 * @param record the reading
 * @param knownMs when it came to be known, milliseconds since the epoch; {@link #UNKNOWN} where the
 *     source does not say
 */
public record KnownTelemetry(DeviceTelemetry record, long knownMs) {

  /** Before all times, so that the latest of some is unknown only when all are. */
  public static final long UNKNOWN = Long.MIN_VALUE;
}
