package io.tidewatch.cli.chaos;

import io.tidewatch.analytics.alert.AlertIds;
import io.tidewatch.schemas.derived.AlertStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The alert events that rows ask for, read off each whole series at once: cut it into the longest
 * runs of true samples, and look at each run by itself. Shares with the jobs how an id is made of
 * rule, version, labels and start, and nothing of how the start is found.
 */
final class ExpectedAlerts {
  /** After so long without a sample an alert is over, as the jobs have it. */
  private static final long STALE_MS = Duration.ofMinutes(5).toMillis();

  private ExpectedAlerts() {}

  /** Name of an event: the one that is told again after a restart has the same. */
  record Key(String alertId, AlertStatus status) {}

  /**
   * What an event says.
   *
   * @param value null when silence made it
   */
  record Told(
      long startedAtMs, long firedAtMs, @Nullable Long resolvedAtMs, @Nullable Double value) {

    /** Event time of what it tells of. */
    long lastMs() {
      return resolvedAtMs == null ? firedAtMs : resolvedAtMs;
    }

    /** What another event of the same name says otherwise; null when nothing. */
    @Nullable String difference(Told other) {
      boolean same =
          startedAtMs == other.startedAtMs
              && firedAtMs == other.firedAtMs
              && Objects.equals(resolvedAtMs, other.resolvedAtMs)
              && sameValue(other.value);
      return same ? null : "must be %s, was %s".formatted(this, other);
    }

    private boolean sameValue(@Nullable Double other) {
      if (value == null || other == null) {
        return value == null && other == null;
      }
      return ExpectedValue.exact(value).admits(other);
    }
  }

  /** All events of a run whose event time was ended. */
  static Map<Key, Told> of(Map<RowKey, Map<String, ExpectedValue>> rows, List<PlannedRule> rules) {
    Map<Key, Told> events = new HashMap<>();
    for (PlannedRule rule : rules) {
      String version = rule.version();
      Map<List<String>, TreeMap<Long, Double>> series = new HashMap<>();
      rows.forEach(
          (row, values) -> {
            ExpectedValue value = values.get(rule.metric());
            if (row.table().equals(rule.table()) && value != null) {
              series
                  .computeIfAbsent(row.series(), name -> new TreeMap<>())
                  .put(row.endMs(), value.value());
            }
          });
      series.forEach((name, samples) -> tell(rule, version, labels(rule, name), samples, events));
    }
    return events;
  }

  private static void tell(
      PlannedRule rule,
      String version,
      Map<String, String> labels,
      SortedMap<Long, Double> samples,
      Map<Key, Told> events) {
    List<Map.Entry<Long, Double>> run = new ArrayList<>();
    for (Map.Entry<Long, Double> sample : samples.entrySet()) {
      if (sample.getValue() > rule.threshold()) {
        run.add(sample);
      } else {
        tellRun(rule, version, labels, run, sample, events);
        run.clear();
      }
    }
    tellRun(rule, version, labels, run, null, events);
  }

  /**
   * @param end the false sample behind the run; null when the series ends with it
   */
  private static void tellRun(
      PlannedRule rule,
      String version,
      Map<String, String> labels,
      List<Map.Entry<Long, Double>> run,
      Map.@Nullable Entry<Long, Double> end,
      Map<Key, Told> events) {
    if (run.isEmpty()) {
      return;
    }
    long startMs = run.get(0).getKey();
    long firesMs = startMs + rule.hold().toMillis();
    for (Map.Entry<Long, Double> sample : run) {
      if (sample.getKey() >= firesMs) {
        long firedMs = sample.getKey();
        String id = AlertIds.alertId(rule.name(), version, labels, startMs);
        events.put(
            new Key(id, AlertStatus.FIRING), new Told(startMs, firedMs, null, sample.getValue()));
        Long resolvedMs =
            end == null ? Long.valueOf(run.get(run.size() - 1).getKey() + STALE_MS) : end.getKey();
        events.put(
            new Key(id, AlertStatus.RESOLVED),
            new Told(startMs, firedMs, resolvedMs, end == null ? null : end.getValue()));
        return;
      }
    }
  }

  private static Map<String, String> labels(PlannedRule rule, List<String> series) {
    Map<String, String> labels = new TreeMap<>(PlannedRule.LABELS);
    labels.put("alertname", rule.name());
    if (rule.table().equals(RowKey.FEATURES)) {
      labels.put("model", series.get(0));
      labels.put("device_id", series.get(1));
    } else {
      labels.put("service", series.get(0));
      labels.put("endpoint", series.get(1));
      labels.put("method", series.get(2));
    }
    return labels;
  }
}
