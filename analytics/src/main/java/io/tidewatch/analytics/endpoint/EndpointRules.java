package io.tidewatch.analytics.endpoint;

import java.io.Serializable;
import java.time.Duration;

/**
 * How endpoints are named, and how many there may be.
 *
 * @param templateRawPaths whether an endpoint becomes its {@link RouteTemplate}
 * @param maxPerService so many endpoints, a method of a route each, of a service; further ones are
 *     counted together
 * @param maxServices so many services; the endpoints of further ones are counted together
 * @param forgetAfter an endpoint without a request for this long, in event time, leaves its place
 *     to another
 */
public record EndpointRules(
    boolean templateRawPaths, int maxPerService, int maxServices, Duration forgetAfter)
    implements Serializable {

  public EndpointRules {
    if (maxPerService < 1) {
      throw new IllegalArgumentException("max_per_service: must be ≥ 1, was " + maxPerService);
    }
    if (maxServices < 1) {
      throw new IllegalArgumentException("max_services: must be ≥ 1, was " + maxServices);
    }
    if (forgetAfter.toMillis() < 1) {
      throw new IllegalArgumentException("forget_after: must be ≥ PT0.001S, was " + forgetAfter);
    }
  }
}
