package io.tidewatch.cli.input;

import io.tidewatch.schemas.event.ApiLatency;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/**
 * Seeded requests of the service {@code shop-sim}: six endpoints, Poisson arrivals, lognormal
 * durations, one request in some 300 answered with a server error. The same seed gives the same
 * requests, however time is cut into pieces.
 */
public final class ApiTraffic {
  private static final String SERVICE = "shop-sim";

  /** Long enough after one fault that its incident is resolved before the next one. */
  private static final Duration PERIOD = Duration.ofMinutes(2);

  private static final double NORMAL_ERROR_SHARE = 0.003;
  private static final double CLIENT_ERROR_SHARE = 0.01;
  private static final double BURST_ERROR_SHARE = 0.4;
  private static final double SLOWDOWN_FACTOR = 20;

  private final List<Endpoint> endpoints;
  private final FaultSchedule schedule;
  private final long startMs;
  private long lastMs;

  /** Traffic with {@linkplain #defaultSchedule the default faults}. */
  public ApiTraffic(long seed, long startMs) {
    this(seed, startMs, defaultSchedule());
  }

  /**
   * @param seed of all that is random
   * @param startMs start of the simulation, milliseconds since the epoch; faults count from here
   * @param schedule what goes wrong and when
   */
  public ApiTraffic(long seed, long startMs, FaultSchedule schedule) {
    this.schedule = schedule;
    this.startMs = startMs;
    this.lastMs = startMs;
    this.endpoints =
        List.of(
            new Endpoint("GET", "/products/{id}", 40, 18, 0.5, new Random(seed + 1)),
            new Endpoint("GET", "/search", 15, 45, 0.6, new Random(seed + 2)),
            new Endpoint("GET", "/cart", 12, 12, 0.4, new Random(seed + 3)),
            new Endpoint("POST", "/cart/items", 8, 25, 0.5, new Random(seed + 4)),
            new Endpoint("POST", "/checkout", 10, 120, 0.5, new Random(seed + 5)),
            new Endpoint("GET", "/orders/{id}", 5, 30, 0.5, new Random(seed + 6)));
    for (Fault fault : schedule.faults()) {
      if (endpoints.stream().noneMatch(endpoint -> endpoint.route.equals(fault.target()))) {
        throw new IllegalArgumentException(
            "fault.target: must be an endpoint of " + SERVICE + ", was " + fault.target());
      }
    }
  }

  /**
   * From second 20 to second 40 {@code /checkout} answers 40 % of its requests with 503, from
   * second 40 to second 60 {@code /search} takes twenty times as long, and so again every two
   * minutes.
   */
  public static FaultSchedule defaultSchedule() {
    return new FaultSchedule(
        List.of(
            new Fault(
                FaultKind.ERROR_BURST,
                "40 % of the requests answered with 503",
                "/checkout",
                Duration.ofSeconds(20),
                Duration.ofSeconds(20),
                "ErrorRateHigh"),
            new Fault(
                FaultKind.SLOWDOWN,
                "requests take twenty times as long",
                "/search",
                Duration.ofSeconds(40),
                Duration.ofSeconds(20),
                "EndpointP99Slow")),
        PERIOD);
  }

  /** The faults of the first period. */
  public List<Fault> faults() {
    return schedule.faults();
  }

  /**
   * The requests that were answered in {@code [fromMs, toMs)}, by time. Requests between the end of
   * the previous interval and {@code fromMs} are passed over.
   *
   * @param fromMs not before the start and not before the end of the previous interval
   * @param toMs not before {@code fromMs}
   */
  public List<ApiLatency> between(long fromMs, long toMs) {
    if (fromMs < lastMs || toMs < fromMs) {
      throw new IllegalArgumentException(
          "interval: must follow the previous one and not end before it starts, was [%d, %d) after %d"
              .formatted(fromMs, toMs, lastMs));
    }
    lastMs = toMs;
    List<ApiLatency> requests = new ArrayList<>();
    for (Endpoint endpoint : endpoints) {
      // The arrival of the next request is kept in fractions of a millisecond: rounded down only
      // for the record, so that the rate is exact.
      while (endpoint.nextMs < toMs - startMs) {
        ApiLatency request = endpoint.answer();
        if (request.eventTimeMs() >= fromMs) {
          requests.add(request);
        }
      }
    }
    requests.sort(Comparator.comparingLong(ApiLatency::eventTimeMs));
    return requests;
  }

  /** One endpoint with its own randomness, so that no endpoint disturbs the others. */
  private final class Endpoint {
    private final String method;
    private final String route;
    private final double meanGapMs;
    private final double medianMs;
    private final double sigma;
    private final Random random;
    private double nextMs;

    Endpoint(
        String method,
        String route,
        double requestsPerSecond,
        double medianMs,
        double sigma,
        Random random) {
      this.method = method;
      this.route = route;
      this.meanGapMs = 1000 / requestsPerSecond;
      this.medianMs = medianMs;
      this.sigma = sigma;
      this.random = random;
      this.nextMs = gapMs();
    }

    ApiLatency answer() {
      long elapsedMs = (long) nextMs;
      nextMs += gapMs();
      boolean burst = schedule.active(FaultKind.ERROR_BURST, route, elapsedMs);
      boolean slow = schedule.active(FaultKind.SLOWDOWN, route, elapsedMs);
      double lot = random.nextDouble();
      double durationMs =
          medianMs * Math.exp(sigma * random.nextGaussian()) * (slow ? SLOWDOWN_FACTOR : 1);
      String traceId = traceId();
      return new ApiLatency(
          SERVICE, route, method, status(lot, burst), durationMs, startMs + elapsedMs, traceId);
    }

    private int status(double lot, boolean burst) {
      if (burst && lot < BURST_ERROR_SHARE) {
        return 503;
      }
      if (lot < NORMAL_ERROR_SHARE) {
        return 500;
      }
      if (lot > 1 - CLIENT_ERROR_SHARE) {
        return 404;
      }
      return method.equals("POST") ? 201 : 200;
    }

    private String traceId() {
      // W3C forbids the id of zeros only; the lowest bit is set so that it cannot occur.
      return "%016x%016x".formatted(random.nextLong(), random.nextLong() | 1);
    }

    private double gapMs() {
      return -meanGapMs * Math.log(1 - random.nextDouble());
    }
  }
}
