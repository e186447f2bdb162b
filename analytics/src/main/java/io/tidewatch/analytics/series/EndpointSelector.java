package io.tidewatch.analytics.series;

import io.tidewatch.analytics.alert.LatencySeries;
import java.io.Serializable;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Chooses metrics of endpoints.
 *
 * @param service regular expression that the whole name of the service matches
 * @param endpoint regular expression that the whole route template matches
 * @param metrics names as in rules and in the table, such as {@code p95_ms}
 */
public record EndpointSelector(String service, String endpoint, List<String> metrics)
    implements Serializable {
  /** Matches whatever there is. */
  public static final String ANY = ".*";

  public EndpointSelector {
    requireExpression("service", service);
    requireExpression("endpoint", endpoint);
    if (metrics.isEmpty()) {
      throw new IllegalArgumentException("metrics: must name a metric, such as p95_ms, was empty");
    }
    for (String metric : metrics) {
      if (!LatencySeries.METRICS.contains(metric)) {
        throw new IllegalArgumentException(
            "metrics: must be among %s, was '%s'"
                .formatted(new TreeSet<>(LatencySeries.METRICS), metric));
      }
    }
    metrics = List.copyOf(metrics);
  }

  private static void requireExpression(String key, String expression) {
    try {
      Pattern.compile(expression);
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException(
          "%s: must be a regular expression, was '%s' (%s)"
              .formatted(key, expression, e.getDescription()),
          e);
    }
  }
}
