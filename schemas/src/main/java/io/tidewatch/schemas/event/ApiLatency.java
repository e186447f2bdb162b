package io.tidewatch.schemas.event;

import org.jspecify.annotations.Nullable;

/**
 * One answered request of one service.
 *
 * @param service name of the service that answered
 * @param endpoint route template, {@code /orders/{id}}, or raw path, which becomes one
 * @param method HTTP method, upper case
 * @param status HTTP status, 100 to 599
 * @param durationMs time to answer in milliseconds, finite and not negative
 * @param eventTimeMs when the request was answered, milliseconds since 1970-01-01T00:00Z
 * @param traceId W3C trace id of the request; null when unknown
 */
public record ApiLatency(
    String service,
    String endpoint,
    String method,
    int status,
    double durationMs,
    long eventTimeMs,
    @Nullable String traceId) {}
