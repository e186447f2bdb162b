package io.tidewatch.jobs.config;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.tidewatch.analytics.alert.AlertRule;
import io.tidewatch.analytics.alert.Condition;
import io.tidewatch.analytics.alert.ExpressionException;
import io.tidewatch.analytics.alert.SeriesReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Alert rules in the shape of a Prometheus rule file: {@code groups: - name, rules: - alert, expr,
 * for, labels, annotations}.
 */
public final class RuleFiles {
  private RuleFiles() {}

  /**
   * Reads the rules.
   *
   * @param metrics the metrics that rules of this job may name
   * @throws ConfigException naming the file and the rule, when it cannot be used
   */
  public static List<AlertRule> load(YamlLoader loader, Path file, SeriesReader<?, ?> metrics) {
    List<AlertRule> rules = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (Group group : loader.load(file, RuleFile.class).groups()) {
      for (RuleEntry entry : group.rules()) {
        if (!names.add(entry.alert())) {
          throw new ConfigException(
              file + ": alert: must be unique in the file, was twice '" + entry.alert() + "'");
        }
        AlertRule rule = toRule(file, entry);
        if (!metrics.knows(rule.condition().metric())) {
          throw new ConfigException(
              file
                  + ": rule '"
                  + rule.name()
                  + "': expr: must name a metric of this job, was '"
                  + rule.condition().metric()
                  + "'");
        }
        rules.add(rule);
      }
    }
    return rules;
  }

  private static AlertRule toRule(Path file, RuleEntry entry) {
    try {
      return new AlertRule(
          entry.alert(),
          Condition.parse(entry.expr()),
          entry.holdFor(),
          entry.labels(),
          entry.annotations(),
          AlertRule.DEFAULT_STALE_AFTER);
    } catch (ExpressionException e) {
      throw new ConfigException(file + ": rule '" + entry.alert() + "': expr: " + e.getMessage());
    } catch (IllegalArgumentException e) {
      throw new ConfigException(file + ": rule '" + entry.alert() + "': " + e.getMessage());
    }
  }

  private record RuleFile(List<Group> groups) {}

  private record Group(String name, List<RuleEntry> rules) {}

  private record RuleEntry(
      String alert,
      String expr,
      @JsonProperty("for") Duration holdFor,
      Map<String, String> labels,
      Map<String, String> annotations) {}
}
