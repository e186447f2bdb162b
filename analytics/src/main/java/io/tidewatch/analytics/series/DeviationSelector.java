package io.tidewatch.analytics.series;

import io.tidewatch.analytics.decide.DeviationRule;
import java.io.Serializable;
import java.util.List;

/**
 * Says of single metrics how far they must be from what was expected, and which way.
 *
 * @param model name of a telemetry model, {@link SeriesKey#LATENCY} for endpoints, or {@link
 *     DeviceSelector#ANY}
 * @param metrics names of metrics as in their scores, or {@link DeviceSelector#ANY} alone
 */
public record DeviationSelector(String model, List<String> metrics, DeviationRule rule)
    implements Serializable {

  public DeviationSelector {
    if (metrics.isEmpty()) {
      throw new IllegalArgumentException(
          "metrics: must name a metric, or be [*] for all, was empty");
    }
    metrics = List.copyOf(metrics);
  }

  /** Whether it is about all metrics of its model. */
  boolean isOfAnyMetric() {
    return metrics.equals(List.of(DeviceSelector.ANY));
  }

  boolean selects(SeriesKey key) {
    return (model.equals(DeviceSelector.ANY) || model.equals(key.model()))
        && (isOfAnyMetric() || metrics.contains(key.metric()));
  }
}
