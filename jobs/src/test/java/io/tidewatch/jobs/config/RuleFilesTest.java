package io.tidewatch.jobs.config;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.tidewatch.analytics.alert.rule.AlertRule;
import io.tidewatch.analytics.alert.LatencySeries;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
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
          rules:
            - alert: Slow
              expr: p99_ms{method="GET"} > 100
              for: 2m
              labels: {severity: warning}
              annotations: {summary: slow}
      """;

  @TempDir Path temporary;
  private ConfigFolder folder;

  @BeforeEach
  void makeFolder() {
    folder = new ConfigFolder(temporary);
  }

  @Test
  void readsARule() {
    assertThat(load(SLOW))
        .singleElement()
        .satisfies(
            rule -> {
              assertThat(rule.name()).isEqualTo("Slow");
              assertThat(rule.condition().text()).isEqualTo("p99_ms{method=\"GET\"} > 100");
              assertThat(rule.holdFor()).isEqualTo(Duration.ofMinutes(2));
              assertThat(rule.labels()).isEqualTo(Map.of("severity", "warning"));
              assertThat(rule.annotations()).isEqualTo(Map.of("summary", "slow"));
            });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "p99_ms | p99 | : rule 'Slow': expr: must name a metric of this job, was 'p99'",
        "'> 100' | '>' | : rule 'Slow': expr: column 23: expected a number, found the end",
        "'> 100' | '=> 100' | : rule 'Slow': expr: column 22: expected one of",
        "for: 2m | for: 2x | : groups[0].rules[0].for: must be a duration such as PT30S or 30s",
        "for: 2m | for: -PT2M | : rule 'Slow': for: must be PT0S to",
        "severity: warning} | 'severity: warning}\n        four: 4m' | : groups[0].rules[0].four: unknown key; known here: alert, annotations, expr, for, labels",
        "alert: Slow | 'alert: \" \"' | : rule ' ': name: must not be blank",
        "alert: Slow | alert: \"a\\nb\" | : rule 'a\\nb': rule: must be text of 1 to 256 characters",
        "severity: warning | 'severity: ' | : groups[0].rules[0].labels.severity: must be given, was missing",
        "severity: warning | a-b: c | : rule 'Slow': labels: must be letters, digits and _",
        "severity: warning | alertname: c | : rule 'Slow': labels: must be letters, digits and _, and not alertname",
        "severity: warning | severity: \"\\ud800\" | : rule 'Slow': labels.severity: must be text of 0 to 256 characters",
        "groups: | 'grups: []\ngroups:' | : grups: unknown key; known here: groups",
      })
  void namesFileRuleKeyAndValue(String from, String to, String error) {
    assertThat(SLOW).contains(from);
    assertThat(error(SLOW.replace(from, to))).startsWith(error);
  }

  @Test
  void needsNoMoreThanNameAndExpression() {
    AlertRule rule =
        load("groups: [{name: a, rules: [{alert: Slow, expr: p99_ms > 1, labels: }]}]").get(0);
    assertThat(rule.holdFor()).isZero();
    assertThat(rule.labels()).isEmpty();
    assertThat(rule.annotations()).isEmpty();
    assertThat(error("groups: [{name: a, rules: [{alert: Slow}]}]"))
        .isEqualTo(": groups[0].rules[0].expr: must be given, was missing");
  }

  @Test
  void refusesTwoRulesOfOneNameInOneFile() {
    String twice = SLOW + SLOW.substring(SLOW.indexOf("  - name"));
    assertThat(error(twice)).isEqualTo(": alert: must be unique in the file, was twice 'Slow'");
  }

  @Test
  void refusesRulesThatAreNone() {
    assertThat(error("groups:")).isEqualTo(": groups: must be given, was missing");
    assertThat(error("groups: [null]")).isEqualTo(": groups[0]: must be given, was missing");
    assertThat(error("groups: [{name: a, rules: [null]}]"))
        .isEqualTo(": groups[0].rules[0]: must be given, was missing");
    assertThat(error("groups: {a: 1}")).isEqualTo(": groups: must be a list, was a mapping");
  }

  /** An event that its readers refuse would be told to nobody. */
  @Test
  void refusesWhatNoReaderOfTheAlertTopicWouldAccept() {
    assertAccepted("severity: warning", "severity: " + "x".repeat(256));
    assertRefused("severity: warning", "severity: " + "x".repeat(257), "labels.severity: must be");
    assertAccepted("summary: slow", "summary: " + "x".repeat(4096));
    assertRefused("summary: slow", "summary: " + "x".repeat(4097), "annotations.summary: must be");
    assertRefused("summary: slow", "x".repeat(257) + ": slow", "name of annotations.");
    assertRefused("alert: Slow", "alert: " + "x".repeat(257), "rule: must be");
    assertRefused("method=\"GET\"", "method=\"" + "x".repeat(4096) + "\"", "expr: must be");
    assertAccepted("severity: warning", labels(55));
    assertRefused("severity: warning", labels(56), "labels.l55: must come after at most 63 others");
    assertRefused("summary: slow", labels(65), "annotations.");
  }

  private static String labels(int count) {
    return IntStream.range(0, count).mapToObj("l%02d: x"::formatted).collect(joining(", "));
  }

  private void assertAccepted(String from, String to) {
    assertThatCode(() -> load(SLOW.replace(from, to))).doesNotThrowAnyException();
  }

  private void assertRefused(String from, String to, String error) {
    assertThat(error(SLOW.replace(from, to))).startsWith(": rule '").contains(": " + error);
  }

  private List<AlertRule> load(String text) {
    return RuleFiles.load(folder.loader(), folder.file("rules.yaml", text), new LatencySeries());
  }

  private String error(String text) {
    return folder.error("rules.yaml", () -> load(text));
  }
}
