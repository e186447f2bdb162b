package io.tidewatch.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code tidewatch rules}, on shipped files and on others. */
class RulesCommandTest {
  private static final String ROOT =
      Path.of(System.getProperty("tidewatch.root", "..")).toAbsolutePath().normalize() + "/";
  private static final String SHIPPED = ROOT + "flink-conf/rules/";
  private static final String RULES =
      """
      groups:
        - name: g
          rules:
            - alert: Slow
              expr: p99_ms > 100
              for: 1m
              labels: {severity: warning}
              annotations: {summary: "{{ $labels.endpoint }} at {{ $value }}"}
      mutes:
        - name: nights
          matchers: ['severity="warning"']
          time_zone: UTC
          times: ["22:00-06:00"]
      """;
  private static final String TESTS =
      """
      rule_files: [rules.yaml]
      evaluation_interval: 1m
      tests:
        - interval: 1m
          start_timestamp: 2026-01-05T12:00:00Z
          input_series:
            - {series: 'p99_ms{endpoint="/a"}', values: '50 200x2 50'}
          alert_rule_test:
            - eval_time: 3m
              alertname: Slow
              exp_alerts:
                - exp_labels: {severity: warning, endpoint: /a}
                  exp_annotations: {summary: /a at 200}
                  exp_status: firing
            - {eval_time: 1m, alertname: Slow}
      """;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir Path folder;

  @Test
  void theShippedRulesAreTakenByTheirJobs() {
    String models = ROOT + "flink-conf/models";
    assertThat(
            rules(
                "check",
                "--models",
                models,
                SHIPPED + "telemetry.yaml",
                SHIPPED + "latency.yaml",
                SHIPPED + "anomaly.yaml"))
        .isZero();
    assertThat(err.toString()).isEmpty();
    assertThat(out.toString())
        .isEqualTo(
            ("Checking %1$stelemetry.yaml%n  SUCCESS: 9 rules found: 9 of the telemetry job%n"
                    + "Checking %1$slatency.yaml%n  SUCCESS: 5 rules found: 5 of the latency job%n"
                    + "Checking %1$sanomaly.yaml%n  SUCCESS: 2 rules found: 2 of the anomaly job%n")
                .formatted(SHIPPED));
  }

  @ParameterizedTest
  @ValueSource(strings = {"telemetry.yaml", "latency.yaml", "anomaly.yaml"})
  void theShippedRulesPassTheirTestsWhichExerciseEachOfThem(String file) throws IOException {
    assertThat(rules("test", SHIPPED + "tests/" + file)).as(out + "" + err).isZero();
    assertThat(out)
        .hasToString("Unit Testing:  %stests/%s%n  SUCCESS%n%n".formatted(SHIPPED, file));
    String tests = Files.readString(Path.of(SHIPPED, "tests", file));
    Matcher names =
        Pattern.compile("- alert: (\\w+)").matcher(Files.readString(Path.of(SHIPPED, file)));
    List<String> rules = new ArrayList<>();
    while (names.find()) {
      rules.add(names.group(1));
    }
    assertThat(rules)
        .isNotEmpty()
        .allSatisfy(
            rule -> {
              assertThat(tests).as("fires").contains("alertname: " + rule + "\n");
              assertThat(tests).as("does not").contains("alertname: " + rule + "}");
            });
  }

  @Test
  void everyShippedRuleFileHasTests() throws IOException {
    try (Stream<Path> files = Files.list(Path.of(SHIPPED))) {
      assertThat(files.filter(Files::isRegularFile))
          .allSatisfy(
              file -> assertThat(Path.of(SHIPPED, "tests").resolve(file.getFileName())).exists());
    }
  }

  @Test
  void aTestThatFailsShowsWhatWasExpectedAndWhatThereWas() {
    file("rules.yaml", RULES);
    Path tests = file("tests.yaml", TESTS.replace("/a at 200", "/a at 300"));
    assertThat(rules("test", tests.toString())).isEqualTo(1);
    assertThat(out.toString().lines())
        .containsExactly(
            "Unit Testing:  " + tests,
            "  FAILED:",
            "    test 1: alertname: Slow, time: 3m",
            "        exp:",
            "            labels: {endpoint=/a, severity=warning} annotations: {summary=/a at 300} status: firing",
            "        got:",
            "            labels: {endpoint=/a, severity=warning} annotations: {summary=/a at 200} status: firing",
            "");
    assertThat(err.toString()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "exp_status: firing | exp_status: suppressed | 1",
        "T12:00 | T22:30 | 1",
        "eval_time: 1m, | eval_time: 3m, | 1",
        "eval_time: 1m, | eval_time: 4m, | 0",
        "200x2 | 200 _ 200 | 0",
        "200x2 | 200 stale | 1"
      })
  void theOutcomeIsTheExitCode(String from, String to, int code) {
    file("rules.yaml", RULES);
    assertThat(rules("test", file("tests.yaml", TESTS).toString())).as(out + "" + err).isZero();
    String changed = TESTS.replace(from, to);
    assertThat(rules("test", file("tests.yaml", changed).toString())).isEqualTo(code);
  }

  @Test
  void anAlertInAMuteIsThereAndSuppressed() {
    file("rules.yaml", RULES);
    String night =
        TESTS.replace("T12:00", "T22:30").replace("exp_status: firing", "exp_status: suppressed");
    assertThat(rules("test", file("tests.yaml", night).toString())).as(out + "" + err).isZero();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "values: '50 200x2 50' | values: '50 xx' | :7:51: tests[0].input_series[0].values: must be values such as",
        "p99_ms{endpoint=\"/a\"} | p99_ms{endpoint=~\"/a\"} | :7:18: tests[0].input_series[0].series: must give each label its value with '=', was endpoint=~\"/a\"",
        "p99_ms{endpoint=\"/a\"} | p99_ms > 5 | must be a series such as",
        "p99_ms{endpoint=\"/a\"} | p99_ms{ | : tests[0].input_series[0].series: expected a label name or '}', found the end",
        "eval_time: 3m | eval_time: 3 | :9:20: tests[0].alert_rule_test[0].eval_time: must be a duration such as",
        "interval: 1m | interval: 0 | must be",
        "2026-01-05T12:00:00Z | yesterday | :5:22: tests[0].start_timestamp: must be a time such as",
        "'alertname: Slow}' | 'alertname: Fast}' | : test 1: alertname: must be a rule of the rule files, was 'Fast'",
        "'[rules.yaml]' | '[rules.yaml, rules.yaml]' | alert: must be unique, was in another file",
        "'[rules.yaml]' | '[other.yaml]' | other.yaml: must be a readable file",
        "input_series | input | :6:5: tests[0]: unknown key 'input'; known here: alert_rule_test"
      })
  void saysWhatIsWrongWithATestFileInOneLine(String from, String to, String problem) {
    file("rules.yaml", RULES);
    assertThat(TESTS).contains(from);
    Path tests = file("tests.yaml", TESTS.replace(from, to));
    assertThat(rules("test", tests.toString())).isEqualTo(1);
    assertThat(err.toString().lines())
        .singleElement()
        .asString()
        .startsWith("tidewatch: ")
        .contains(problem);
    assertThat(out.toString()).endsWith("  FAILED%n%n".formatted());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "p99_ms > 100 | 'p99_ms > 100 and score > 1' | rule 'Slow': expr: must name metrics of one job, was p99_ms of latency, score of anomaly",
        "p99_ms > 100 | p98_ms > 100 | rule 'Slow': expr: must name metrics of the jobs, was 'p98_ms'",
        "p99_ms > 100 | 'cpu_percent_mean{model=\"welding\"} > 1' | rule 'Slow': expr: must name a feature of model 'welding'",
        "p99_ms > 100 | p99_ms >> 100 | rules.yaml:5:23: rule 'Slow': expr: expected a number, found '>'"
      })
  void saysWhatIsWrongWithARuleFileInOneLine(String from, String to, String problem) {
    Path file = file("rules.yaml", RULES.replace(from, to));
    assertThat(rules("check", "--models", ROOT + "flink-conf/models", file.toString()))
        .isEqualTo(1);
    assertThat(err.toString().lines())
        .singleElement()
        .asString()
        .startsWith("tidewatch: " + folder)
        .contains(problem);
    assertThat(out).hasToString("Checking %s%n  FAILED%n".formatted(file));
  }

  @Test
  void wantsFiles() {
    assertThat(rules("check")).isEqualTo(2);
    assertThat(rules("test")).isEqualTo(2);
  }

  private int rules(String... args) {
    List<String> all = new ArrayList<>(List.of("rules"));
    all.addAll(List.of(args));
    return Tidewatch.command()
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .execute(all.toArray(String[]::new));
  }

  private Path file(String name, String text) {
    try {
      return Files.writeString(folder.resolve(name), text, UTF_8);
    } catch (IOException e) {
      throw new AssertionError("the folder of the test must be there", e);
    }
  }
}
