package io.tidewatch.jobs.anomaly;

import io.tidewatch.analytics.series.DeviationSelector;
import io.tidewatch.analytics.series.DeviceSelector;
import io.tidewatch.analytics.series.EndpointSelector;
import io.tidewatch.analytics.series.SeriesDeviations;
import io.tidewatch.analytics.series.SeriesRules;
import io.tidewatch.jobs.config.TopicName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Which single metrics are scored.
 *
 * @param devices metrics of the feature vectors; none when empty
 * @param latencyTopic Kafka topic of the latency windows; none when empty. What is refused goes to
 *     {@code <topic>.dlq}
 * @param endpoints metrics of the latency windows; none when empty
 * @param decisions which deviation of which metric is worth a message; of others any
 * @param maxSeries see {@link SeriesRules}
 * @param cachedDetectors see {@link SeriesRules}
 * @param forgetAfter see {@link SeriesRules}
 */
public record SeriesConfig(
    List<DeviceSelector> devices,
    String latencyTopic,
    List<EndpointEntry> endpoints,
    List<DecisionEntry> decisions,
    int maxSeries,
    int cachedDetectors,
    Duration forgetAfter) {

  public SeriesConfig {
    TopicName.requireOrNone("latency_topic", latencyTopic);
    new SeriesRules(maxSeries, cachedDetectors, forgetAfter);
    devices = List.copyOf(devices);
    endpoints = List.copyOf(endpoints);
    decisions = List.copyOf(decisions);
  }

  SeriesRules rules() {
    return new SeriesRules(maxSeries, cachedDetectors, forgetAfter);
  }

  /**
   * Those of {@code endpoints}; none without a topic to read them from.
   *
   * @throws IllegalArgumentException naming place, key, rule and value
   */
  List<EndpointSelector> endpointSelectors() {
    List<EndpointSelector> selectors = new ArrayList<>();
    for (int i = 0; i < endpoints.size() && !latencyTopic.isEmpty(); i++) {
      try {
        selectors.add(endpoints.get(i).selector());
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException("[%d].%s".formatted(i, e.getMessage()), e);
      }
    }
    return selectors;
  }

  /**
   * Those of {@code decisions}.
   *
   * @throws IllegalArgumentException naming place, key, rule and value
   */
  SeriesDeviations deviations() {
    List<DeviationSelector> selectors = new ArrayList<>();
    for (int i = 0; i < decisions.size(); i++) {
      try {
        selectors.add(decisions.get(i).selector());
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException("[%d].%s".formatted(i, e.getMessage()), e);
      }
    }
    return new SeriesDeviations(selectors);
  }
}
