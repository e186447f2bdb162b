package io.tidewatch.analytics.quantile;

import java.io.Serializable;

/**
 * One endpoint of one service: the key of its series.
 *
 * @param service name of the service
 * @param endpoint route template
 * @param method HTTP method, upper case
 */
public record EndpointKey(String service, String endpoint, String method) implements Serializable {}
