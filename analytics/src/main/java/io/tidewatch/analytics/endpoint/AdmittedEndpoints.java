package io.tidewatch.analytics.endpoint;

import io.tidewatch.analytics.quantile.EndpointKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The endpoints that have a series of their own; first come, first served, up to the limits of the
 * {@link EndpointRules}. The requests of all others are counted together under {@value #OTHER}, as
 * the metrics SDK of OpenTelemetry does with attributes above its cardinality limit, {@code
 * otel.metric.overflow}: totals stay right, and who was there first keeps his series.
 *
 * <p>An endpoint is a method of a route of a service, since each is a series. {@value #OTHER} keeps
 * the method if it is one of HTTP's and has {@value #OTHER_METHOD} instead of any other, and the
 * service unless there are too many of these: so the others have at most 10 series a service. They
 * take no place and need not be remembered. An endpoint that comes in by that name is one like any
 * other.
 *
 * <p>Memory: an entry an endpoint, {@code maxServices · maxPerService} at most, unless more are
 * {@linkplain #restore restored}. Mutable, not for use by several threads.
 */
public final class AdmittedEndpoints {
  /** Name of the endpoint, and of the service, of requests that have no series of their own. */
  public static final String OTHER = "_other";

  /** The message contract wants letters only. */
  static final String OTHER_METHOD = "OTHER";

  /** RFC 9110, section 9.3, and RFC 5789. */
  private static final Set<String> METHODS =
      Set.of("GET", "HEAD", "POST", "PUT", "DELETE", "CONNECT", "OPTIONS", "TRACE", "PATCH");

  /** A silent endpoint may keep its place by a 24th longer: an hour of a day. */
  private static final int SWEEPS = 24;

  private final EndpointRules rules;
  private final long forgetAfterMs;
  private final Map<String, Map<EndpointKey, LastSeen>> services = new HashMap<>();
  private int size;
  private long sweepFromMs = Long.MIN_VALUE;

  private static final class LastSeen {
    private long timeMs;

    private LastSeen(long timeMs) {
      this.timeMs = timeMs;
    }
  }

  public AdmittedEndpoints(EndpointRules rules) {
    this.rules = rules;
    this.forgetAfterMs = rules.forgetAfter().toMillis();
  }

  /**
   * Tells under which series a request is counted.
   *
   * @param key its endpoint
   * @param eventTimeMs its time, milliseconds since the epoch
   * @param watermarkMs how far event time has come; the least long when unknown
   * @return the same key, or that of the others
   */
  public EndpointKey admit(EndpointKey key, long eventTimeMs, long watermarkMs) {
    if (watermarkMs > sweepFromMs) {
      forget(Math.max(watermarkMs, Long.MIN_VALUE + forgetAfterMs) - forgetAfterMs);
      sweepFromMs = Math.min(watermarkMs, Long.MAX_VALUE - forgetAfterMs) + forgetAfterMs / SWEEPS;
    }
    Map<EndpointKey, LastSeen> ofService = services.get(key.service());
    if (ofService == null) {
      if (services.size() >= rules.maxServices()) {
        return new EndpointKey(OTHER, OTHER, method(key));
      }
    } else {
      LastSeen seen = ofService.get(key);
      if (seen != null) {
        seen.timeMs = Math.max(seen.timeMs, eventTimeMs);
        return key;
      }
      if (ofService.size() >= rules.maxPerService()) {
        return new EndpointKey(key.service(), OTHER, method(key));
      }
    }
    add(key, eventTimeMs);
    return key;
  }

  private static String method(EndpointKey key) {
    return METHODS.contains(key.method()) ? key.method() : OTHER_METHOD;
  }

  private void add(EndpointKey key, long eventTimeMs) {
    services
        .computeIfAbsent(key.service(), service -> new HashMap<>())
        .put(key, new LastSeen(eventTimeMs));
    size++;
  }

  private void forget(long beforeMs) {
    Iterator<Map<EndpointKey, LastSeen>> each = services.values().iterator();
    while (each.hasNext()) {
      Map<EndpointKey, LastSeen> ofService = each.next();
      size -= ofService.size();
      ofService.values().removeIf(seen -> seen.timeMs < beforeMs);
      size += ofService.size();
      if (ofService.isEmpty()) {
        each.remove();
      }
    }
  }

  /** How many endpoints have a series of their own. */
  public int size() {
    return size;
  }

  /** All of them, in no order. */
  public List<AdmittedEndpoint> all() {
    List<AdmittedEndpoint> all = new ArrayList<>(size);
    for (Map<EndpointKey, LastSeen> ofService : services.values()) {
      ofService.forEach((key, seen) -> all.add(new AdmittedEndpoint(key, seen.timeMs)));
    }
    return all;
  }

  /** Takes in one that was admitted before, even above the limits: its series goes on. */
  public void restore(AdmittedEndpoint admitted) {
    Map<EndpointKey, LastSeen> ofService = services.get(admitted.key().service());
    LastSeen seen = ofService == null ? null : ofService.get(admitted.key());
    if (seen == null) {
      add(admitted.key(), admitted.lastSeenMs());
    } else {
      seen.timeMs = Math.max(seen.timeMs, admitted.lastSeenMs());
    }
  }
}
