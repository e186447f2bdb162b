package io.tidewatch.jobs.config;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import io.tidewatch.analytics.alert.AlertEvents;
import io.tidewatch.analytics.alert.AlertRule;
import io.tidewatch.analytics.alert.Condition;
import io.tidewatch.analytics.alert.ExpressionException;
import io.tidewatch.analytics.alert.SeriesReader;
import io.tidewatch.analytics.alert.Transition;
import io.tidewatch.schemas.codec.AlertEventCodec;
import io.tidewatch.schemas.codec.Decoded;
import io.tidewatch.schemas.derived.AlertEvent;
import io.tidewatch.schemas.derived.AlertStatus;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Alert rules in the shape of a Prometheus rule file: {@code groups: - name, rules: - alert, expr,
 * for, labels, annotations}.
 */
public final class RuleFiles {
  /** An endpoint has three, a device two; room for more. */
  private static final int MAX_SERIES_LABELS = 8;

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
        if (!names.add(entry.alert)) {
          throw new ConfigException(
              file + ": alert: must be unique in the file, was twice '" + entry.alert + "'");
        }
        AlertRule rule = toRule(file, entry);
        String mistake = metrics.mistake(rule.condition());
        if (mistake != null) {
          throw new ConfigException(file + ": rule '" + rule.name() + "': expr: " + mistake);
        }
        checkEvents(file, rule);
        rules.add(rule);
      }
    }
    return rules;
  }

  private static AlertRule toRule(Path file, RuleEntry entry) {
    try {
      return new AlertRule(
          entry.alert,
          Condition.parse(entry.expr),
          entry.holdFor,
          entry.labels,
          entry.annotations,
          AlertRule.DEFAULT_STALE_AFTER);
    } catch (ExpressionException e) {
      throw new ConfigException(file + ": rule '" + entry.alert + "': expr: " + e.getMessage());
    } catch (IllegalArgumentException e) {
      throw new ConfigException(file + ": rule '" + entry.alert + "': " + e.getMessage());
    }
  }

  /** What a reader of the alert topic would refuse is refused here, by the same code. */
  private static void checkEvents(Path file, AlertRule rule) {
    Map<String, String> series = new HashMap<>();
    for (int i = 0; i < MAX_SERIES_LABELS; i++) {
      series.put(Integer.toString(i), ""); // comes before the labels of any rule
    }
    AlertEvent event =
        AlertEvents.of(rule, series, new Transition(AlertStatus.FIRING, 0, 0, null, 0.0));
    AlertEventCodec codec = new AlertEventCodec();
    if (codec.decode(codec.encode(event)) instanceof Decoded.Refused<AlertEvent> refused) {
      throw new ConfigException(file + ": rule '" + rule.name() + "': " + refused.detail());
    }
  }

  private record RuleFile(List<Group> groups) {}

  private record Group(String name, List<RuleEntry> rules) {}

  /** As in Prometheus, only the name and the expression must be given. */
  private static final class RuleEntry {
    private final String alert;
    private final String expr;

    @JsonProperty("for")
    @JsonSetter(nulls = Nulls.SKIP)
    private Duration holdFor = Duration.ZERO;

    @JsonProperty
    @JsonSetter(nulls = Nulls.SKIP)
    private Map<String, String> labels = Map.of();

    @JsonProperty
    @JsonSetter(nulls = Nulls.SKIP)
    private Map<String, String> annotations = Map.of();

    @JsonCreator
    RuleEntry(@JsonProperty("alert") String alert, @JsonProperty("expr") String expr) {
      this.alert = alert;
      this.expr = expr;
    }
  }
}
