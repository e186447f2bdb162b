package io.tidewatch.analytics.decide;

import io.tidewatch.schemas.derived.Severity;

/**
 * What people were last told of a device.
 *
 * @param toldMs end of the window they were told of, milliseconds since the epoch
 * @param severity it had
 */
public record Episode(long toldMs, Severity severity) {}
