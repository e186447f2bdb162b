package io.tidewatch.analytics.alert;

import io.tidewatch.analytics.quantile.EndpointKey;
import io.tidewatch.schemas.derived.LatencyWindow;
import java.util.Map;
import java.util.Set;

/**
 * Latency windows as series, one an endpoint, a sample at the end of each window. Metrics: {@code
 * count}, {@code rate_per_second}, {@code error_count}, {@code error_rate} (percent, 0 to 100),
 * {@code mean_ms}, {@code p50_ms}, {@code p90_ms}, {@code p95_ms}, {@code p99_ms}, {@code max_ms}.
 * Labels: {@code service}, {@code endpoint}, {@code method}.
 */
public final class LatencySeries implements SeriesReader<EndpointKey, LatencyWindow> {
  private static final long serialVersionUID = 1;

  /** The metrics by name. */
  public static final Set<String> METRICS =
      Set.of(
          "count",
          "rate_per_second",
          "error_count",
          "error_rate",
          "mean_ms",
          "p50_ms",
          "p90_ms",
          "p95_ms",
          "p99_ms",
          "max_ms");

  @Override
  public long timeMs(LatencyWindow window) {
    return window.windowEndMs();
  }

  @Override
  public boolean isCorrection(LatencyWindow window) {
    return window.revision() > 0;
  }

  @Override
  public Map<String, String> labels(EndpointKey key) {
    return Map.of("service", key.service(), "endpoint", key.endpoint(), "method", key.method());
  }

  @Override
  public double metric(LatencyWindow window, String name) {
    return switch (name) {
      case "count" -> window.count();
      case "rate_per_second" -> window.ratePerSecond();
      case "error_count" -> window.errorCount();
      case "error_rate" -> window.errorRatePercent();
      case "mean_ms" -> window.meanMs();
      case "p50_ms" -> window.p50Ms();
      case "p90_ms" -> window.p90Ms();
      case "p95_ms" -> window.p95Ms();
      case "p99_ms" -> window.p99Ms();
      case "max_ms" -> window.maxMs();
      default -> Double.NaN;
    };
  }

  /** Requests of the window. */
  @Override
  public long samples(LatencyWindow window) {
    return window.count();
  }

  /** The slowest requests of the window are what is behind its numbers. */
  @Override
  public SampleOrigin origin(LatencyWindow window) {
    return window.traceIds().isEmpty()
        ? SampleOrigin.UNKNOWN
        : new SampleOrigin(null, Map.of(), window.traceIds());
  }

  @Override
  public boolean knows(String metric) {
    return METRICS.contains(metric);
  }
}
