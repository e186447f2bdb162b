package io.tidewatch.udfs.alert;

import io.tidewatch.analytics.alert.AlertRule;
import io.tidewatch.analytics.alert.Condition;
import java.time.Duration;
import java.util.Map;

/** Rules as short as a test wants them: {@code p99_ms > 100 for PT2M}. */
final class TestRules {
  private TestRules() {}

  static AlertRule read(String name, String document) {
    String[] parts = document.split(" for ", -1);
    return new AlertRule(
        name,
        Condition.parse(parts[0]),
        parts.length == 1 ? Duration.ZERO : Duration.parse(parts[1]),
        Map.of("severity", "warning"),
        Map.of());
  }
}
