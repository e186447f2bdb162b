package io.tidewatch.jobs.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidewatch.analytics.alert.LatencySeries;
import io.tidewatch.analytics.alert.rule.AlertRule;
import io.tidewatch.udfs.alert.RuleReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RuleDocumentsTest {
  private static final RuleReader READER = RuleDocuments.reader();

  @TempDir Path folder;

  @Test
  void theDocumentsOfAFileAreItsRulesInTheSameVersions() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("rules.yaml"),
            """
            groups:
              - name: first
                labels: {team: 007}
                rules:
                  - alert: Slow
                    expr: p99_ms{method="GET"} > 100
                    for: 2m
                    labels: {severity: warning, code: "1.10"}
                    annotations: {summary: "slow: {{ $value }}\\nvery"}
                  - {alert: Errors, expr: error_rate > 5 and count >= 20, clear: error_rate < 1}
              - name: second
                rules:
                  - alert: Silent
                    expr: count
                    absent_for: 5m
            """);
    Map<String, String> documents = RuleDocuments.ofFile(file);
    List<AlertRule> rules = RuleFiles.load(file, new LatencySeries()).rules();
    assertThat(documents.keySet()).containsExactly("Slow", "Errors", "Silent");
    for (AlertRule rule : rules) {
      AlertRule again = READER.read(rule.name(), documents.get(rule.name()));
      assertThat(again.version()).as(documents.get(rule.name())).isEqualTo(rule.version());
    }
  }

  @Test
  void theShippedRulesFitIntoDocuments() {
    for (String job : List.of("telemetry", "latency", "anomaly")) {
      RuleDocuments.ofFile(ConfigFolder.shipped("rules/" + job + ".yaml"))
          .forEach(
              (name, document) -> assertThat(READER.read(name, document).name()).isEqualTo(name));
    }
  }

  @Test
  void aDocumentMayBeJson() {
    String json =
        "{\"groups\":[{\"name\":\"a\",\"rules\":[{\"alert\":\"Slow\",\"expr\":\"p99_ms >"
            + " 100\"}]}]}";
    assertThat(READER.read("Slow", json).condition().text()).isEqualTo("p99_ms > 100");
  }

  @Test
  void aDocumentOfAnotherRuleIsRefusedInOneLine() {
    String document = "groups: [{name: a, rules: [{alert: Slow, expr: p99_ms > 100}]}]";
    assertThatThrownBy(() -> READER.read("Fast", document))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Fast: must hold exactly the rule of this name, was [Slow]");
  }

  @Test
  void whatIsNoYamlIsRefusedInOneLine() {
    assertThatThrownBy(() -> READER.read("Slow", "{"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("\n");
  }

  @Test
  void whatTheParserOfYamlFailsOnIsRefusedAsAnythingElseThatIsNone() {
    for (String text :
        List.of("a: \"\\u", "a: \"\\x", "\u0000", "[".repeat(10_000), "a: \u0085 b: c")) {
      assertThatThrownBy(() -> RuleFiles.parse("rules.yaml", text))
          .isExactlyInstanceOf(ConfigException.class)
          .hasMessageStartingWith("rules.yaml")
          .satisfies(refused -> assertThat(refused.getMessage()).matches("[^\\p{Cntrl}]*"));
      assertThatThrownBy(() -> READER.read("Slow", text))
          .isExactlyInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void aTextThatIsNoYamlIsSaidByItsNameWithoutWhatTheParserLeavesOpen() {
    for (String text : List.of("{", "a: \"\\u", "a: \"\\x", "\u0000", "[".repeat(10_000))) {
      assertThatThrownBy(() -> RuleDocuments.ofText("rules.yaml", text))
          .isExactlyInstanceOf(ConfigException.class)
          .hasMessageStartingWith("rules.yaml")
          .hasMessageNotContaining("null");
    }
  }

  @Test
  void aTextWithoutRulesIsNoDocuments() {
    for (String text : List.of("", "7", "[]", "groups:", "groups: [7, {rules: [{expr: count}]}]")) {
      assertThat(RuleDocuments.ofText("rules.yaml", text)).isEmpty();
    }
  }
}
