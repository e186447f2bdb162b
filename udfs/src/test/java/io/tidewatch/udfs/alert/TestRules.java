package io.tidewatch.udfs.alert;

import io.tidewatch.analytics.alert.expr.Expression;
import io.tidewatch.analytics.alert.rule.AlertRule;
import io.tidewatch.analytics.alert.rule.RuleDraft;
import java.time.Duration;
import java.util.Map;

/**
 * Rules as short as a test wants them: {@code p99_ms > 100 for PT2M absent PT5M severity critical}.
 */
final class TestRules {
  private TestRules() {}

  static AlertRule read(String name, String document) {
    String[] parts = document.strip().split(" (?=(for|absent|severity|suppress) )", -1);
    RuleDraft draft = AlertRule.named(name, Expression.parse(parts[0])).group("test");
    draft.labels(Map.of("severity", "warning"));
    for (int i = 1; i < parts.length; i++) {
      String value = parts[i].substring(parts[i].indexOf(' ') + 1);
      switch (parts[i].substring(0, parts[i].indexOf(' '))) {
        case "for" -> draft.holdFor(Duration.parse(value));
        case "absent" -> draft.absentFor(Duration.parse(value));
        case "suppress" -> draft.suppressFor(Duration.parse(value));
        default -> draft.labels(Map.of("severity", value));
      }
    }
    return draft.build();
  }
}
