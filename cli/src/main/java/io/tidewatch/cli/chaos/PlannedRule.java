package io.tidewatch.cli.chaos;

import io.tidewatch.jobs.config.RuleDocuments;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A rule of the chaos jobs: as a rule file has it, and as the recomputation needs it.
 *
 * @param name of the alert
 * @param table whose rows it judges
 * @param metric column or feature; fires above the threshold
 * @param threshold far from what the input has outside its troubles
 * @param hold how long the metric must be above
 */
record PlannedRule(String name, String table, String metric, double threshold, Duration hold) {
  static final PlannedRule VIBRATION =
      new PlannedRule(
          "ChaosVibration",
          RowKey.FEATURES,
          "vibration_mm_per_second_mean",
          8,
          Duration.ofSeconds(5));
  static final PlannedRule ERRORS =
      new PlannedRule("ChaosErrors", RowKey.LATENCY, "error_rate", 17.3, Duration.ofSeconds(5));
  static final List<PlannedRule> ALL = List.of(VIBRATION, ERRORS);

  /** What the rule adds to the labels of a series. */
  static final Map<String, String> LABELS = Map.of("severity", "critical");

  /** Of the rule as the jobs read it. */
  String version() {
    return RuleDocuments.reader().read(name, yaml()).version();
  }

  /** The rule file with this rule alone. */
  String yaml() {
    return """
    groups:
      - name: chaos
        rules:
          - alert: %s
            expr: %s > %s
            for: %ds
            labels: {severity: critical}
    """
        .formatted(name, metric, threshold, hold.toSeconds());
  }
}
