package io.tidewatch.cli.rules;

import io.tidewatch.analytics.alert.expr.Expression;
import io.tidewatch.analytics.alert.expr.ExpressionException;
import io.tidewatch.analytics.alert.expr.LabelMatcher;
import io.tidewatch.analytics.alert.expr.Selector;
import io.tidewatch.analytics.alert.rule.PromDuration;
import io.tidewatch.jobs.config.ConfigException;
import io.tidewatch.jobs.config.PlacedYaml;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Unit tests of rules, in the shape of promtool's.
 *
 * @param ruleFiles relative to the file
 * @param tests in the order of the file
 */
record RuleTestFile(List<Path> ruleFiles, List<RuleTest> tests) {
  private static final String ALERTNAME = "alertname";

  /**
   * Reads a file.
   *
   * @throws ConfigException naming file, line, column and what is wrong
   */
  static RuleTestFile read(Path file) {
    String text;
    try {
      text = Files.readString(file);
    } catch (IOException e) {
      throw new ConfigException(file + ": must be a readable file in UTF-8 (" + e + ")");
    }
    PlacedYaml root = PlacedYaml.parse(file.toString(), text);
    Map<String, PlacedYaml> keys = root.mapping("rule_files", "evaluation_interval", "tests");
    List<Path> ruleFiles = new ArrayList<>();
    for (PlacedYaml name : root.required(keys, "rule_files").list()) {
      ruleFiles.add(file.resolveSibling(name.text()));
    }
    PlacedYaml interval = keys.get("evaluation_interval");
    if (interval != null) {
      durationMs(interval); // rules are held against each record as it comes
    }
    List<RuleTest> tests = new ArrayList<>();
    for (PlacedYaml test : root.required(keys, "tests").list()) {
      tests.add(test(test, tests.size() + 1));
    }
    return new RuleTestFile(ruleFiles, tests);
  }

  private static RuleTest test(PlacedYaml entry, int number) {
    Map<String, PlacedYaml> keys =
        entry.mapping("name", "start_timestamp", "interval", "input_series", "alert_rule_test");
    PlacedYaml name = keys.get("name");
    PlacedYaml start = keys.get("start_timestamp");
    List<RuleTest.Series> series = new ArrayList<>();
    entry.required(keys, "input_series").list().forEach(each -> series.add(series(each)));
    List<RuleTest.Expectation> expectations = new ArrayList<>();
    entry
        .required(keys, "alert_rule_test")
        .list()
        .forEach(each -> expectations.add(expectation(each)));
    return new RuleTest(
        name == null ? "test " + number : name.text(),
        start == null ? 0 : timestampMs(start),
        intervalMs(entry.required(keys, "interval")),
        series,
        expectations);
  }

  private static RuleTest.Series series(PlacedYaml entry) {
    Map<String, PlacedYaml> keys = entry.mapping("series", "values");
    PlacedYaml notation = entry.required(keys, "series");
    Selector selector = selector(notation);
    Map<String, String> labels = new LinkedHashMap<>();
    for (LabelMatcher matcher : selector.matchers()) {
      if (matcher.operator() != LabelMatcher.Operator.EQUAL) {
        throw notation.error("must give each label its value with '=', was " + matcher);
      }
      labels.put(matcher.label(), matcher.value());
    }
    PlacedYaml values = entry.required(keys, "values");
    try {
      return new RuleTest.Series(selector.metric(), labels, SeriesValues.parse(values.text()));
    } catch (IllegalArgumentException e) {
      throw values.error(String.valueOf(e.getMessage()));
    }
  }

  private static Selector selector(PlacedYaml notation) {
    try {
      Expression expression = Expression.parse(notation.text());
      if (expression.isSelector()) {
        return expression.selectors().get(0);
      }
    } catch (ExpressionException e) {
      throw notation.errorIn(e.line(), e.column(), e.problem());
    }
    throw notation.error("must be a series such as x{a=\"1\"}, was '" + notation.text() + "'");
  }

  private static RuleTest.Expectation expectation(PlacedYaml entry) {
    Map<String, PlacedYaml> keys = entry.mapping("eval_time", ALERTNAME, "exp_alerts");
    PlacedYaml evalTime = entry.required(keys, "eval_time");
    List<RuleTest.Expected> alerts = new ArrayList<>();
    PlacedYaml expected = keys.get("exp_alerts");
    if (expected != null) {
      expected.list().forEach(each -> alerts.add(expected(each)));
    }
    return new RuleTest.Expectation(
        durationMs(evalTime),
        evalTime.text(),
        entry.required(keys, ALERTNAME).text(),
        List.copyOf(alerts));
  }

  private static RuleTest.Expected expected(PlacedYaml entry) {
    Map<String, PlacedYaml> keys = entry.mapping("exp_labels", "exp_annotations", "exp_status");
    PlacedYaml status = keys.get("exp_status");
    return new RuleTest.Expected(
        texts(keys.get("exp_labels")),
        texts(keys.get("exp_annotations")),
        status == null ? null : status.text());
  }

  private static Map<String, String> texts(@Nullable PlacedYaml entry) {
    return entry == null ? Map.of() : entry.texts();
  }

  private static long intervalMs(PlacedYaml value) {
    long ms = durationMs(value);
    if (ms == 0) {
      throw value.error("must be more than 0s, was '" + value.text() + "'");
    }
    return ms;
  }

  private static long durationMs(PlacedYaml value) {
    try {
      return PromDuration.parse(value.text()).toMillis();
    } catch (IllegalArgumentException e) {
      throw value.error(String.valueOf(e.getMessage()));
    }
  }

  private static long timestampMs(PlacedYaml value) {
    try {
      return Instant.parse(value.text()).toEpochMilli();
    } catch (DateTimeException | ArithmeticException e) {
      throw value.error("must be a time such as 2026-01-31T21:00:00Z, was '" + value.text() + "'");
    }
  }
}
