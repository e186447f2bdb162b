package io.tidewatch.cli.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tidewatch.analytics.alert.expr.Expression;
import io.tidewatch.analytics.alert.expr.ExpressionException;
import io.tidewatch.analytics.alert.expr.LabelMatcher;
import io.tidewatch.analytics.alert.rule.AlertRule;
import io.tidewatch.analytics.alert.rule.PromDuration;
import io.tidewatch.analytics.alert.rule.Template;
import io.tidewatch.jobs.config.ConfigException;
import io.tidewatch.jobs.config.RuleDocuments;
import io.tidewatch.jobs.config.RuleFile;
import io.tidewatch.jobs.config.RuleFiles;
import io.tidewatch.schemas.codec.Decoded;
import io.tidewatch.schemas.codec.RuleStatusCodec;
import io.tidewatch.schemas.rule.RuleState;
import io.tidewatch.schemas.rule.RuleStatus;
import io.tidewatch.schemas.rule.RuleUpdate;
import io.tidewatch.testkit.fuzz.BrokenPromise;
import io.tidewatch.testkit.fuzz.FuzzTarget;
import io.tidewatch.testkit.fuzz.Mutator;
import io.tidewatch.testkit.fuzz.Outcome;
import io.tidewatch.testkit.fuzz.Readings;
import io.tidewatch.testkit.fuzz.TextMutator;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Texts that people write, or pretend to have written: rules and what they are made of. */
final class RuleTargets {
  private static final String RULE = "Slow";

  private static final Mutator EXPRESSIONS =
      new TextMutator(
          List.of(
              "x > 5",
              "not (x > 5)",
              " and ",
              " or ",
              "not ",
              "{a=\"1\"}",
              "b=~\".*\"",
              "c!~\"(\"",
              "d=~\"(a{1000}){1000}\"",
              "e=~\"(a|b)*?[[:alpha:]]\\\\pL\"",
              "((((((((",
              "{{ $value }}",
              "{{ $labels.a }}",
              "{{ printf \"%.2f\" $value }}",
              "1e400",
              "5m",
              "1d",
              "300ms",
              "==",
              "=~",
              "#"));

  private static final Mutator YAML =
      new TextMutator(
          List.of(
              "&a ",
              "*a",
              "? ",
              ": ",
              "- ",
              "| \n",
              "> \n",
              "!!java.net.URL [\"http://127.0.0.1\"]",
              "!!javax.script.ScriptEngineManager {}",
              "!!binary ",
              "!!set {}",
              "<<: *a\n",
              "---\n",
              "...\n",
              "%YAML 1.1\n",
              "\"\\ud800\"",
              "\"\\0\"",
              "\"\\N\\L\\P\"",
              "expr: x > 1\n",
              "for: 5m\n",
              "clear: 1\n",
              "flapping: {transitions: 4, within: 5m, hold: 5m}\n",
              "labels: {severity: critical}\n",
              "annotations: {summary: \"{{ $value }}\"}\n",
              "mutes: [{name: n, matchers: ['a=\"b\"'], time_zone: UTC}]\n",
              "~",
              "\t"));

  private static final String DOCUMENT =
      """
      groups:
        - name: shop
          interval: 10s
          labels: {team: web}
          rules:
            - alert: Slow
              expr: 'p99_ms{service="shop", endpoint!~"/internal/.*"} > 2000 and count >= 20'
              for: 5m
              keep_firing_for: 1m
              clear: 'p99_ms < 1500'
              clear_for: 30s
              min_samples: 3
              absent_for: 1h
              flapping: {transitions: 4, within: 10m, hold: 5m}
              suppress_for: 1h
              labels: {severity: critical}
              annotations:
                summary: "slow: {{ $value }} ms on {{ $labels.endpoint }}"
      """;

  private static final String MUTES =
      """
      mutes:
        - name: night
          matchers: ['severity!="critical"', "service=~\\"shop|pay\\""]
          time_zone: Europe/Berlin
          days: [mon-fri]
          months: [jan, 6-8]
          times: ["22:00-06:00"]
          from: 2026-01-31T22:00
          to: 2026-12-31T21:00:00Z
      """;

  private RuleTargets() {}

  static List<FuzzTarget> all() {
    return List.of(
        text(
            "expression",
            EXPRESSIONS,
            RuleTargets::expression,
            "error_rate{service=\"checkout\",endpoint!~\"/internal/.*\"} > 5 and count >= 20",
            "not (x > -5 or y{a=\"\\\"\\n\"} != .5e-3)",
            "x"),
        text("label-matcher", EXPRESSIONS, RuleTargets::matcher, "a=\"1\"", "b!~\"x|y.*[0-9]\""),
        text("duration", EXPRESSIONS, RuleTargets::duration, "5m", "1h30m", "300ms", "0s", "1w"),
        text(
            "template",
            EXPRESSIONS,
            RuleTargets::template,
            "slow: {{ $value }} on {{ $labels.endpoint }}, {{ printf \"%.1f\" $value }}"),
        text("rule-document", YAML, RuleTargets::document, DOCUMENT),
        text("rule-file", YAML, RuleTargets::file, DOCUMENT, DOCUMENT + MUTES));
  }

  private static FuzzTarget text(
      String name, Mutator mutator, Function<String, Outcome> reading, String... seeds) {
    return new FuzzTarget(
        name,
        Arrays.stream(seeds).map(seed -> seed.getBytes(UTF_8)).toList(),
        mutator,
        input -> reading.apply(new String(input, UTF_8)));
  }

  private static Outcome expression(String text) {
    try {
      Expression expression = Expression.parse(text);
      require(Expression.parse(expression.text()).equals(expression));
      expression.judge(Map.of("a", "1", "service", "checkout"), metric -> 6);
      return Outcome.accepted(text.getBytes(UTF_8));
    } catch (ExpressionException refused) {
      if (refused.line() < 1 || refused.column() < 1) {
        throw new BrokenPromise("must say where, in line and column");
      }
      return refused(refused.problem());
    }
  }

  private static Outcome matcher(String text) {
    try {
      LabelMatcher matcher = LabelMatcher.parse(text);
      require(LabelMatcher.parse(matcher.toString()).equals(matcher));
      matcher.matches(Map.of("a", "1"));
      return Outcome.accepted(text.getBytes(UTF_8));
    } catch (ExpressionException refused) {
      return refused(refused.problem());
    }
  }

  private static Outcome duration(String text) {
    try {
      var duration = PromDuration.parse(text);
      require(PromDuration.parse(PromDuration.format(duration)).equals(duration));
      return Outcome.accepted(text.getBytes(UTF_8));
    } catch (IllegalArgumentException refused) {
      return exactly(refused, IllegalArgumentException.class);
    }
  }

  private static Outcome template(String text) {
    try {
      Template template = Template.parse(text);
      require(template.text().equals(text));
      template.render(Map.of("endpoint", "/pay"), 5.0);
      template.render(Map.of(), null);
      return Outcome.accepted(text.getBytes(UTF_8));
    } catch (IllegalArgumentException refused) {
      return exactly(refused, IllegalArgumentException.class);
    }
  }

  /** As the topic of rules brings it; what becomes of it must be told to people. */
  private static Outcome document(String text) {
    if (text.length() > RuleUpdate.MAX_DOCUMENT_CHARS) {
      return Outcome.refused("too long");
    }
    try {
      AlertRule rule = RuleDocuments.reader().read(RULE, text);
      String again = RuleDocuments.ofText(RULE, text).get(RULE);
      require(again != null && RuleDocuments.reader().read(RULE, again).equals(rule));
      requireTold(RuleState.ACCEPTED, rule.version(), null, text);
      return Outcome.accepted(text.getBytes(UTF_8));
    } catch (IllegalArgumentException refused) {
      String why = String.valueOf(refused.getMessage());
      requireTold(RuleState.REFUSED, null, RuleStatusCodec.reason(why), null);
      return exactly(refused, IllegalArgumentException.class);
    }
  }

  private static Outcome file(String text) {
    try {
      RuleFile file = RuleFiles.parse("rules.yaml", text);
      Map<String, String> documents = RuleDocuments.ofText("rules.yaml", text);
      for (AlertRule rule : file.rules()) {
        String document = documents.get(rule.name());
        require(document != null && RuleFiles.document(rule.name(), document).equals(rule));
      }
      return Outcome.accepted(text.getBytes(UTF_8));
    } catch (ConfigException refused) {
      return exactly(refused, ConfigException.class);
    }
  }

  private static void requireTold(
      RuleState state, @Nullable String version, @Nullable String why, @Nullable String document) {
    RuleStatusCodec codec = new RuleStatusCodec();
    RuleStatus status = new RuleStatus("latency", RULE, state, version, why, 0, document);
    if (!codec.decode(codec.encode(status)).equals(new Decoded.Ok<>(status))) {
      throw new BrokenPromise("what became of a rule must be told, cannot be: " + state);
    }
  }

  /** A subclass would be an accident of somebody's library. */
  private static Outcome exactly(RuntimeException refused, Class<?> documented) {
    if (refused.getClass() != documented) {
      throw refused;
    }
    return refused(String.valueOf(refused.getMessage()));
  }

  private static Outcome refused(String message) {
    Readings.requireLine(message);
    return Outcome.refused(message);
  }

  private static void require(boolean lasts) {
    if (!lasts) {
      throw new BrokenPromise("what is written again is read as something else");
    }
  }
}
