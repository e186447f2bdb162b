package io.tidewatch.jobs.config;

import io.tidewatch.analytics.alert.rule.AlertRule;
import io.tidewatch.analytics.alert.rule.Mutes;
import java.util.List;

/**
 * What a rule file says.
 *
 * @param rules in the order of the file, with different names
 * @param mutes in the order of the file
 */
public record RuleFile(List<AlertRule> rules, Mutes mutes) {

  public RuleFile {
    rules = List.copyOf(rules);
  }
}
