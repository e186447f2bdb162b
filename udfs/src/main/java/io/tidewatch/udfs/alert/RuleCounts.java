package io.tidewatch.udfs.alert;

import io.tidewatch.analytics.alert.SeriesCount;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;

/**
 * How many series each rule was held against in this subtask since its start or the change of the
 * rule. Gauge {@code tidewatch.rule_matched_series} as it is scraped, label {@code rule}; 0 for a
 * rule that is gone.
 */
final class RuleCounts {
  private final MetricGroup metrics;
  private final Map<String, SeriesCount> counts = new ConcurrentHashMap<>();
  private final Set<String> registered = new HashSet<>();

  RuleCounts(MetricGroup operator) {
    this.metrics = operator.addGroup("tidewatch");
  }

  /** Begins anew with that rule. */
  void begin(String rule) {
    counts.put(rule, new SeriesCount());
    if (registered.add(rule)) { // a metric cannot be taken away, so it is there once
      Gauge<Long> matched = () -> matched(rule);
      metrics.addGroup("rule", rule).gauge("matched_series", matched);
    }
  }

  void forget(String rule) {
    counts.remove(rule);
  }

  void add(String rule, Object key) {
    SeriesCount count = counts.get(rule);
    if (count != null) {
      count.add(key.hashCode());
    }
  }

  long matched(String rule) {
    SeriesCount count = counts.get(rule);
    return count == null ? 0 : count.estimate();
  }
}
