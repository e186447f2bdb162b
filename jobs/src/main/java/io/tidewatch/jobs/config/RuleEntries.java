package io.tidewatch.jobs.config;

import io.tidewatch.analytics.alert.ScoreSeries;
import io.tidewatch.analytics.alert.expr.Expression;
import io.tidewatch.analytics.alert.expr.ExpressionException;
import io.tidewatch.analytics.alert.rule.AlertRule;
import io.tidewatch.analytics.alert.rule.Flapping;
import io.tidewatch.analytics.alert.rule.PromDuration;
import io.tidewatch.analytics.alert.rule.RuleDraft;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/** One rule of a rule file. */
final class RuleEntries {
  static final String ALERT = "alert";
  static final String EXPR = "expr";
  static final String LABELS = "labels";
  private static final String CLEAR = "clear";
  private static final String[] KEYS = {
    ALERT,
    EXPR,
    "for",
    "keep_firing_for",
    CLEAR,
    "clear_for",
    "min_samples",
    "absent_for",
    "flapping",
    "suppress_for",
    LABELS,
    "annotations"
  };
  private static final String NUMBER = "[+-]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]+)?";

  private RuleEntries() {}

  /**
   * Reads a rule.
   *
   * @param group name of its group
   * @param groupLabels labels of its group, under those of the rule
   */
  static AlertRule rule(PlacedYaml entry, String group, Map<String, String> groupLabels) {
    Map<String, PlacedYaml> unnamed = entry.mapping(KEYS);
    String name = entry.required(unnamed, ALERT).text();
    PlacedYaml named = entry.named("rule '" + name + "'");
    Map<String, PlacedYaml> keys = new LinkedHashMap<>();
    unnamed.forEach((key, value) -> keys.put(key, value.named("rule '" + name + "': " + key)));
    Expression condition = expression(named.required(keys, EXPR));
    RuleDraft draft = AlertRule.named(name, condition).group(group);
    if (ScoreSeries.METRICS.containsAll(condition.metrics())) {
      draft.suppressFor(ScoreSeries.SUPPRESS_FOR);
    }
    given(keys, "for", value -> draft.holdFor(duration(value)));
    given(keys, "keep_firing_for", value -> draft.keepFiringFor(duration(value)));
    given(keys, CLEAR, value -> clear(draft, value));
    given(keys, "clear_for", value -> draft.clearFor(duration(value)));
    given(keys, "min_samples", value -> draft.minSamples(value.integer(0)));
    given(keys, "absent_for", value -> draft.absentFor(duration(value)));
    given(keys, "flapping", value -> draft.flapping(flapping(value)));
    given(keys, "suppress_for", value -> draft.suppressFor(duration(value)));
    Map<String, String> labels = new LinkedHashMap<>(groupLabels);
    given(keys, LABELS, value -> labels.putAll(value.texts()));
    draft.labels(labels);
    given(keys, "annotations", value -> draft.annotations(value.texts()));
    try {
      return draft.build();
    } catch (IllegalArgumentException e) {
      PlacedYaml at = keys.get(keyOf(String.valueOf(e.getMessage())));
      throw (at == null ? named : at.named("rule '" + name + "'"))
          .error(String.valueOf(e.getMessage()));
    }
  }

  /** A message begins with the key it is about. */
  private static String keyOf(String message) {
    return message.split("[.:]", 2)[0];
  }

  private static void given(
      Map<String, PlacedYaml> keys, String key, Consumer<PlacedYaml> reading) {
    PlacedYaml value = keys.get(key);
    if (value != null) {
      reading.accept(value);
    }
  }

  static Duration duration(PlacedYaml value) {
    try {
      return PromDuration.parse(value.text());
    } catch (IllegalArgumentException e) {
      throw value.error(String.valueOf(e.getMessage()));
    }
  }

  private static Expression expression(PlacedYaml value) {
    try {
      return Expression.parse(value.text());
    } catch (ExpressionException e) {
      throw value.errorIn(e.line(), e.column(), e.problem());
    }
  }

  private static void clear(RuleDraft draft, PlacedYaml value) {
    if (!value.text().matches(NUMBER)) {
      draft.clear(expression(value));
      return;
    }
    try {
      draft.clear(Double.parseDouble(value.text()));
    } catch (IllegalArgumentException e) {
      throw value.error(String.valueOf(e.getMessage()).replaceFirst("^clear: ", ""));
    }
  }

  private static Flapping flapping(PlacedYaml value) {
    Map<String, PlacedYaml> keys = value.mapping("transitions", "within", "hold");
    long transitions = value.required(keys, "transitions").integer(2);
    Duration within = duration(value.required(keys, "within"));
    Duration hold = duration(value.required(keys, "hold"));
    try {
      return new Flapping((int) Math.min(transitions, Integer.MAX_VALUE), within, hold);
    } catch (IllegalArgumentException e) {
      throw value.error(String.valueOf(e.getMessage()).replaceFirst("^flapping\\.", ""));
    }
  }
}
