package io.tidewatch.analytics.series;

import io.tidewatch.analytics.decide.DeviationRule;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Which deviation of which series is worth a message: the first selector that is about a series
 * says so; of others it is any.
 */
public record SeriesDeviations(List<DeviationSelector> selectors) implements Serializable {
  /** Nothing is suppressed. */
  public static final SeriesDeviations ANY = new SeriesDeviations(List.of());

  public SeriesDeviations {
    selectors = List.copyOf(selectors);
  }

  /**
   * Refuses selectors that are about nothing.
   *
   * @param scored names of the metrics that are scored, by model
   * @throws IllegalArgumentException beginning with the place in the list
   */
  public void requireAmong(Map<String, List<String>> scored) {
    for (int i = 0; i < selectors.size(); i++) {
      DeviationSelector selector = selectors.get(i);
      List<String> known =
          selector.model().equals(DeviceSelector.ANY)
              ? scored.values().stream().flatMap(List::stream).toList()
              : scored.get(selector.model());
      if (known == null) {
        throw new IllegalArgumentException(
            "[%d].model: must be * or one of %s, was '%s'"
                .formatted(i, new TreeSet<>(scored.keySet()), selector.model()));
      }
      for (String metric : selector.metrics()) {
        if (!selector.isOfAnyMetric() && !known.contains(metric)) {
          throw new IllegalArgumentException(
              "[%d].metrics: must be metrics that are scored by themselves, of model %s, was '%s'"
                  .formatted(i, selector.model(), metric));
        }
      }
    }
  }

  /** The rule of a series. */
  public DeviationRule of(SeriesKey key) {
    for (DeviationSelector selector : selectors) {
      if (selector.selects(key)) {
        return selector.rule();
      }
    }
    return DeviationRule.ANY;
  }
}
