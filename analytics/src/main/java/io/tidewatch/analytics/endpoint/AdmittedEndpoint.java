package io.tidewatch.analytics.endpoint;

import io.tidewatch.analytics.quantile.EndpointKey;

/**
 * An endpoint that has a series of its own.
 *
 * @param key the endpoint
 * @param lastSeenMs event time of its newest request, milliseconds since the epoch
 */
public record AdmittedEndpoint(EndpointKey key, long lastSeenMs) {}
