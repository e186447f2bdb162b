package io.tidewatch.jobs.config;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidewatch.analytics.alert.LatencySeries;
import io.tidewatch.analytics.alert.rule.AlertRule;
import io.tidewatch.analytics.alert.rule.Flapping;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RuleFilesTest {
  private static final String SLOW =
      """
      groups:
        - name: latency
          interval: 30s
          labels: {team: shop, severity: info}
          rules:
            - alert: Slow
              expr: p99_ms{method="GET"} > 100
              for: 2m
              keep_firing_for: 1m
              clear: 80
              clear_for: 30s
              min_samples: 20
              absent_for: 1h
              flapping: {transitions: 4, within: 10m, hold: 15m}
              suppress_for: 5m
              labels: {severity: warning}
              annotations: {summary: "{{ $labels.endpoint }} slow"}
      mutes:
        - name: nights
          matchers: ['severity="warning"', 'team=~"s.*"']
          time_zone: Europe/Berlin
          days: [mon-fri, sunday]
          months: [1, feb, 11-12]
          times: ["22:00-06:00", "12:00-24:00"]
          from: 2026-01-01T00:00
          to: 2027-01-01T00:00:00Z
      """;

  @TempDir Path temporary;
  private ConfigFolder folder;

  @BeforeEach
  void makeFolder() {
    folder = new ConfigFolder(temporary);
  }

  @Test
  void readsAllKeysOfARule() {
    assertThat(load(SLOW).rules())
        .singleElement()
        .satisfies(
            rule -> {
              assertThat(rule.name()).isEqualTo("Slow");
              assertThat(rule.group()).isEqualTo("latency");
              assertThat(rule.condition().text()).isEqualTo("p99_ms{method=\"GET\"} > 100");
              assertThat(rule.holdFor()).isEqualTo(Duration.ofMinutes(2));
              assertThat(rule.keepFiringFor()).isEqualTo(Duration.ofMinutes(1));
              assertThat(rule.clear()).hasToString("not p99_ms{method=\"GET\"} > 80.0");
              assertThat(rule.clearFor()).isEqualTo(Duration.ofSeconds(30));
              assertThat(rule.minSamples()).isEqualTo(20);
              assertThat(rule.absentFor()).isEqualTo(Duration.ofHours(1));
              assertThat(rule.flapping())
                  .isEqualTo(new Flapping(4, Duration.ofMinutes(10), Duration.ofMinutes(15)));
              assertThat(rule.suppressFor()).isEqualTo(Duration.ofMinutes(5));
              assertThat(rule.labels()).isEqualTo(Map.of("severity", "warning", "team", "shop"));
              assertThat(Objects.requireNonNull(rule.annotations().get("summary")).text())
                  .isEqualTo("{{ $labels.endpoint }} slow");
            });
  }

  @ParameterizedTest
  @CsvSource({
    "2026-01-05T22:00:00Z, true", // Monday night
    "2026-01-06T05:30:00Z, false",
    "2026-01-06T11:30:00Z, true",
    "2026-01-10T22:00:00Z, false", // Saturday
    "2026-01-11T22:00:00Z, true",
    "2026-03-02T22:00:00Z, false", // March
    "2025-12-31T22:59:59Z, false",
    "2025-12-31T23:00:00Z, true", // midnight in Berlin
    "2027-01-04T22:00:00Z, false"
  })
  void readsAllKeysOfAMute(Instant time, boolean muted) {
    Map<String, String> labels = Map.of("severity", "warning", "team", "shop");
    var quiet = load(SLOW).mutes().quiet(labels, time.toEpochMilli());
    assertThat(quiet != null).isEqualTo(muted);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "p99_ms | p99 | : rule 'Slow': expr: must name a metric of this job, was 'p99'",
        "'> 100' | '>' | :7:37: rule 'Slow': expr: expected a number, found the end",
        "'> 100' | '=> 100' | :7:36: rule 'Slow': expr: expected one of",
        "for: 2m | for: 2x | :8:14: rule 'Slow': for: must be a duration such as 5m or 1h30m, was '2x'",
        "for: 2m | for: -2m | :8:14: rule 'Slow': for: must be a duration",
        "for: 2m | for: 400d | :8:14: rule 'Slow': for: must be 0s to 366d, was 400d",
        "for: 2m | 'for: [2m]' | :8:14: rule 'Slow': for: must be a text, was a list",
        "clear: 80 | clear: 101 | :10:16: rule 'Slow': clear: must not itself be > 100, was 101",
        "clear: 80 | clear: p99_ms < | :10:24: rule 'Slow': clear: expected a number, found the end",
        "clear: 80 | clear: p98_ms < 3 | : rule 'Slow': clear: must name a metric of this job, was 'p98_ms'",
        "min_samples: 20 | min_samples: -1 | :12:22: rule 'Slow': min_samples: must be a whole number of at least 0, was '-1'",
        "absent_for: 1h | absent_for: 0s | :13:21: rule 'Slow': absent_for: must be 1ms to 366d, was 0s",
        "transitions: 4 | transitions: 1 | :14:33: rule 'Slow': flapping.transitions: must be a whole number of at least 2, was '1'",
        "transitions: 4 | transitions: 999 | :14:19: rule 'Slow': flapping: transitions: must be 2 to 100, was 999",
        "'hold: 15m' | 'held: 15m' | :14:49: rule 'Slow': flapping: unknown key 'held'; known here: hold, transitions, within",
        "', hold: 15m' | '' | :14:19: rule 'Slow': flapping: must have the key 'hold', was without",
        "interval: 30s | interval: 30 | :3:15: groups[0].interval: must be a duration such as 5m or 1h30m, was '30'",
        "'severity: warning}' | 'severity: warning}\n        four: 4m' | :17:9: groups[0].rules[0]: unknown key 'four'; known here: absent_for, alert, annotations, clear, clear_for, expr, flapping, for, keep_firing_for, labels, min_samples, suppress_for",
        "alert: Slow | 'alert: \" \"' | :6:16: rule ' ': alert: must not be blank",
        "alert: Slow | alert: \"a\\nb\" | :6:9: rule 'a\\nb': rule: must be text of 1 to 256 characters",
        "severity: warning | 'severity: ' | :16:27: rule 'Slow': labels.severity: must be a text, was missing",
        "severity: warning | a-b: c | :16:17: rule 'Slow': labels: must be letters, digits and _",
        "severity: warning | alertname: c | :16:17: rule 'Slow': labels: must be letters, digits and _, and not alertname",
        "severity: warning | severity: \"{{x}}\" | :16:17: rule 'Slow': labels.severity: must be a text without places",
        "endpoint }} slow | endpoint slow | :17:22: rule 'Slow': annotations.summary: must close each '{{'",
        "'- alert:' | '- record:' | :6:9: groups[0].rules[0]: unknown key 'record'; known here: absent_for",
        "groups: | 'grups: []\ngroups:' | :1:1: unknown key 'grups'; known here: groups, mutes",
        "time_zone: Europe/Berlin | time_zone: CEST | :21:16: mute 'nights': time_zone: must be a name of the IANA time zone database such as Europe/Berlin, was 'CEST'",
        "mon-fri | mon-fry | :22:12: mute 'nights': days[0]: must be a day such as mon or mon-fri, was 'mon-fry'",
        "mon-fri | mon-tue-fri | :22:12: mute 'nights': days[0]: must be a day such as",
        "11-12 | 13 | :23:22: mute 'nights': months[2]: must be a month such as 1, jan or jun-aug, was '13'",
        "22:00-06:00 | 22-6 | :24:13: mute 'nights': times[0]: must be times such as 22:00-06:00, was '22-6'",
        "22:00-06:00 | '22:00' | :24:13: mute 'nights': times[0]: must be times such as",
        "from: 2026-01-01T00:00 | from: 2026-01-01 | :25:11: mute 'nights': from: must be a time such as 2026-01-31T22:00 or 2026-01-31T21:00:00Z, was '2026-01-01'",
        "to: 2027 | to: 2025 | :19:5: mute 'nights': to: must be after from",
        "'severity=\"warning\"' | 'severity=warning' | :20:26: mute 'nights': matchers[0]: expected a text in double quotes, found 'warning'",
        "matchers: | 'name: again\n    matchers:' | :20:5: mutes[0]: must stand once, was there again: 'name'"
      })
  void namesFileLineColumnRuleKeyAndValue(String from, String to, String error) {
    String replacement = to == null ? "" : to;
    assertThat(SLOW).contains(from);
    assertThat(error(SLOW.replace(from, replacement))).startsWith(error);
  }

  @Test
  void saysWhereInAnExpressionOfSeveralLines() {
    String literal =
        """
        groups:
          - name: a
            rules:
              - alert: A
                expr: |
                  p99_ms > 1
                  and p95_ms >> 1
        """;
    assertThat(error(literal)).isEqualTo(":7:23: rule 'A': expr: expected a number, found '>'");
    assertThat(error("groups: [{name: a, rules: [{alert: A, expr: 'p99_ms >> 1'}]}]"))
        .isEqualTo(":1:54: rule 'A': expr: expected a number, found '>'");
    String folded = literal.replace("expr: |", "expr: >");
    assertThat(error(folded)).isEqualTo(":5:15: rule 'A': expr: expected a number, found '>'");
  }

  @Test
  void needsNoMoreThanNameAndExpression() {
    AlertRule rule =
        load("groups: [{name: a, rules: [{alert: Slow, expr: p99_ms > 1, labels: }]}]")
            .rules()
            .get(0);
    assertThat(rule.holdFor()).isZero();
    assertThat(rule.suppressFor()).isZero();
    assertThat(rule.labels()).isEmpty();
    assertThat(rule.annotations()).isEmpty();
    assertThat(error("groups: [{name: a, rules: [{alert: Slow}]}]"))
        .isEqualTo(":1:28: rule 'Slow': must have the key 'expr', was without");
  }

  @Test
  void aRuleAboutScoresIsToldOnceInHalfAnHourUnlessItSays() {
    String text = "groups: [{name: a, rules: [{alert: A, expr: severity >= 2 and score > 0.5}]}]";
    assertThat(RuleFiles.document("A", text).suppressFor()).isEqualTo(Duration.ofMinutes(30));
    String said = text.replace("0.5", "0.5, suppress_for: 0s");
    assertThat(RuleFiles.document("A", said).suppressFor()).isZero();
  }

  @Test
  void aDocumentHoldsTheRuleOfItsName() {
    String json =
        "{\"groups\":[{\"name\":\"a\",\"rules\":[{\"alert\":\"A\",\"expr\":\"x > 1\"}]}]}";
    assertThat(RuleFiles.document("A", json).name()).isEqualTo("A");
    assertThatThrownBy(() -> RuleFiles.document("B", json))
        .isInstanceOf(ConfigException.class)
        .hasMessage("B: must hold exactly the rule of this name, was [A]");
    assertThatThrownBy(() -> RuleFiles.document("B", "groups: []"))
        .hasMessage("B: must hold exactly the rule of this name, was []");
    assertThatThrownBy(() -> RuleFiles.document("B", json.replace(">", "<>")))
        .hasMessageStartingWith("B:1:");
  }

  @Test
  void refusesTwoRulesOfOneNameInOneFile() {
    String rules = SLOW.substring(0, SLOW.indexOf("mutes:"));
    String twice = rules + rules.substring(rules.indexOf("  - name"));
    assertThat(error(twice))
        .isEqualTo(":22:9: rule 'Slow': alert: must be unique in the file, was there before");
  }

  @Test
  void refusesRulesThatAreNone() {
    assertThat(error("")).isEqualTo(": must be a YAML mapping, was empty");
    assertThat(error("groups:")).isEqualTo(":1:1: must have the key 'groups', was without");
    assertThat(error("groups: [null]"))
        .isEqualTo(":1:10: groups[0]: must be a mapping, was missing");
    assertThat(error("groups: [{name: a, rules: [null]}]"))
        .isEqualTo(":1:28: groups[0].rules[0]: must be a mapping, was missing");
    assertThat(error("groups: {a: 1}")).isEqualTo(":1:9: groups: must be a list, was a mapping");
    assertThat(error("groups: 5")).isEqualTo(":1:9: groups: must be a list, was '5'");
    assertThat(error("[]")).isEqualTo(":1:1: must be a mapping, was a list");
    assertThat(error("groups: [")).startsWith(":1:10: ").doesNotContain("\n");
    assertThat(error("groups: []\n---\na: 1")).startsWith(":2:1: ");
    assertThat(error("groups: &a [*a]")).startsWith(":1:9: groups[0]: must be a mapping");
  }

  /** An event that its readers refuse would be told to nobody. */
  @Test
  void refusesWhatNoReaderOfTheAlertTopicWouldAccept() {
    assertAccepted("severity: warning", "severity: " + "x".repeat(256));
    assertRefused("severity: warning", "severity: " + "x".repeat(257), "labels.severity: must be");
    assertAccepted("\"{{ $labels.endpoint }} slow\"", "x".repeat(4096));
    assertAccepted("\"{{ $labels.endpoint }} slow\"", "x".repeat(4097));
    assertRefused("summary: ", "x".repeat(257) + ": ", "name of annotations.");
    assertRefused("alert: Slow", "alert: " + "x".repeat(257), "rule: must be");
    assertAccepted("severity: warning", labels(53));
    assertRefused("severity: warning", labels(56), "labels.");
    assertRefused("summary: ", labels(65).replace("l64: x", "l64: "), "annotations.");
  }

  private static String labels(int count) {
    return IntStream.range(0, count).mapToObj("l%02d: x"::formatted).collect(joining(", "));
  }

  private void assertAccepted(String from, String to) {
    assertThatCode(() -> load(SLOW.replace(from, to))).doesNotThrowAnyException();
  }

  private void assertRefused(String from, String to, String error) {
    assertThat(SLOW).contains(from);
    assertThat(error(SLOW.replace(from, to))).contains(": rule '").contains(": " + error);
  }

  private RuleFile load(String text) {
    return RuleFiles.load(folder.file("rules.yaml", text), new LatencySeries());
  }

  private String error(String text) {
    return folder.error("rules.yaml", () -> load(text));
  }
}
