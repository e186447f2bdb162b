package io.tidewatch.udfs.alert;

import static io.tidewatch.udfs.alert.AlertRun.MINUTE;
import static io.tidewatch.udfs.alert.AlertRun.window;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.tidewatch.analytics.alert.rule.Mutes;
import io.tidewatch.schemas.codec.Decoded;
import io.tidewatch.schemas.codec.RuleStatusCodec;
import io.tidewatch.schemas.derived.AlertEvent;
import io.tidewatch.schemas.derived.AlertSnapshot;
import io.tidewatch.schemas.derived.AlertStatus;
import io.tidewatch.schemas.rule.RuleState;
import io.tidewatch.schemas.rule.RuleStatus;
import io.tidewatch.schemas.rule.RuleUpdate;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rules that are told, replaced and taken away while the function runs. */
class RuleChangesTest {
  private static final String SLOW = "p99_ms > 100";
  private static final Map<String, String> FILES = Map.of("Slow", SLOW);

  private AlertRun run;

  @AfterEach
  void stop() throws Exception {
    run.close();
  }

  @Test
  void aRuleThatIsToldIsHeldAgainstTheNextSample() throws Exception {
    run = new AlertRun(Map.of());
    run.minute(0, 200);
    run.tell("Slow", SLOW);
    assertThat(run.results()).isEmpty();
    run.minute(1, 200);
    assertThat(run.results()).singleElement().matches(event -> event.firedAtMs() == MINUTE);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aRemovalResolvesWhatIsOpenOfAllSeriesAtOnce(boolean onDisk) throws Exception {
    run =
        new AlertRun(
            FILES, onDisk ? new EmbeddedRocksDBStateBackend(false) : new HashMapStateBackend());
    for (int endpoint = 0; endpoint < 20; endpoint++) {
      run.add(window("/" + endpoint, MINUTE, 200));
    }
    run.tell("Slow", null);
    assertThat(run.results()).hasSize(40);
    assertThat(run.results().subList(20, 40))
        .allMatch(event -> event.status() == AlertStatus.RESOLVED)
        .allMatch(event -> event.resolvedAtMs() == MINUTE)
        .extracting(AlertEvent::alertId)
        .containsExactlyInAnyOrderElementsOf(
            run.results().subList(0, 20).stream().map(AlertEvent::alertId).toList());
    assertThat(run.states().subList(20, 40)).extracting(AlertSnapshot::phase).containsOnlyNulls();
    run.minute(2, 500);
    run.watermark(60 * MINUTE);
    assertThat(run.results()).as("nobody holds it against anything").hasSize(40);
    assertThat(run.timers()).isZero();
    if (!onDisk) {
      assertThat(run.stateEntries()).isZero();
    }
  }

  @Test
  void aReplacementResolvesTheOldAlertAndBeginsAnew() throws Exception {
    run = new AlertRun(FILES);
    run.minute(1, 200);
    run.tell("Slow", "p99_ms > 150");
    run.minute(2, 200);
    assertThat(run.results())
        .extracting(AlertEvent::status, AlertEvent::startedAtMs)
        .containsExactly(
            tuple(AlertStatus.FIRING, MINUTE),
            tuple(AlertStatus.RESOLVED, MINUTE),
            tuple(AlertStatus.FIRING, 2 * MINUTE));
    assertThat(run.results().get(1).ruleVersion()).isEqualTo(run.results().get(0).ruleVersion());
    assertThat(run.results().get(2).ruleVersion()).isNotEqualTo(run.results().get(0).ruleVersion());
  }

  @Test
  void theSameRuleToldAgainChangesNothing() throws Exception {
    run = new AlertRun(FILES);
    run.minute(1, 200);
    run.tell("Slow", SLOW);
    run.minute(2, 200);
    assertThat(run.results()).hasSize(1);
  }

  @Test
  void aRuleThatCannotBeReadLeavesTheOldOneInPlaceAndSaysWhy() throws Exception {
    run = new AlertRun(FILES);
    run.minute(1, 200);
    run.tell("Slow", "p99_ms >");
    run.minute(2, 50);
    assertThat(run.results())
        .extracting(AlertEvent::status)
        .containsExactly(AlertStatus.FIRING, AlertStatus.RESOLVED);
    assertThat(run.reports())
        .last()
        .satisfies(
            report -> {
              assertThat(report.state()).isEqualTo(RuleState.REFUSED);
              assertThat(report.reason()).contains("expected");
              assertThat(report.version()).as("still in use").isNotNull();
              assertThat(report.definition()).isEqualTo(SLOW);
            });
  }

  @Test
  void aDocumentThatIsTooLongIsRefused() throws Exception {
    run = new AlertRun(Map.of());
    run.tell("Slow", SLOW + " ".repeat(RuleUpdate.MAX_DOCUMENT_CHARS));
    assertThat(run.reports())
        .singleElement()
        .satisfies(
            report -> {
              assertThat(report.state()).isEqualTo(RuleState.REFUSED);
              assertThat(report.reason()).startsWith("document: must be at most 16384 characters");
              assertThat(report.version()).isNull();
            });
  }

  @Test
  void aRuleOfAnotherJobMatchesNothingAndTakesThePlaceOfTheOldOne() throws Exception {
    run = new AlertRun(FILES);
    run.minute(1, 200);
    run.tell("Slow", "cpu_percent_mean > 80");
    run.minute(2, 200);
    assertThat(run.results())
        .extracting(AlertEvent::status)
        .containsExactly(AlertStatus.FIRING, AlertStatus.RESOLVED);
    assertThat(run.reports())
        .last()
        .satisfies(
            report -> {
              assertThat(report.state()).isEqualTo(RuleState.NEVER_MATCHED);
              assertThat(report.reason()).contains("cpu_percent_mean");
            });
  }

  @Test
  void aRuleWhoseLabelsNeverOccurIsReportedWithTheNumberOfItsSeries() throws Exception {
    run = new AlertRun(Map.of("Slow", SLOW, "Nobody", "p99_ms{service=\"nobody\"} > 100"));
    run.minute(1, 50);
    run.add(window("/f", MINUTE, 50));
    run.pass(AlertRun.REPORT_EVERY);
    run.minute(2, 50);
    assertThat(run.reports())
        .filteredOn(report -> report.rule().equals("Nobody"))
        .last()
        .matches(report -> report.state() == RuleState.NEVER_MATCHED)
        .matches(report -> report.matchedSeries() == 0);
    assertThat(run.reports())
        .filteredOn(report -> report.rule().equals("Slow"))
        .last()
        .matches(report -> report.state() == RuleState.ACCEPTED)
        .matches(report -> report.matchedSeries() == 2);
  }

  @Test
  void theNumberOfSeriesIsWhatAPlainCountSays() throws Exception {
    Map<String, String> rules =
        Map.of(
            "Slow", SLOW,
            "Even", "p99_ms{endpoint=~\"/.*[02468]\"} > 100",
            "Negated", "not p99_ms{endpoint!=\"/7\"} > 100",
            "Silent", "p99_ms{endpoint=~\"/1.*\"} absent PT5M");
    run = new AlertRun(rules);
    Random random = new Random(7);
    Map<String, Set<String>> expected = new TreeMap<>();
    for (int i = 1; i <= 200; i++) {
      String endpoint = "/" + random.nextInt(30);
      double p99Ms = random.nextInt(4) == 0 ? Double.NaN : random.nextInt(200);
      run.add(window(endpoint, i * 1_000L, p99Ms));
      rules.forEach(
          (name, document) -> {
            Map<String, String> labels =
                Map.of("service", "s", "endpoint", endpoint, "method", "GET");
            if (!TestRules.read(name, document)
                .condition()
                .judge(labels, metric -> p99Ms)
                .isUnknown()) {
              expected.computeIfAbsent(name, rule -> new TreeSet<>()).add(endpoint);
            }
          });
    }
    run.pass(AlertRun.REPORT_EVERY);
    run.add(window("/0", 201_000, 1));
    Map<String, Long> matched = new TreeMap<>();
    run.reports().forEach(report -> matched.put(report.rule(), report.matchedSeries()));
    assertThat(matched).hasSize(4);
    matched.forEach(
        (rule, series) -> assertThat(series).as(rule).isEqualTo(expected.get(rule).size()));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void whatWasToldWinsOverTheFileAfterARestart(int parallelism) throws Exception {
    run = new AlertRun(Map.of("Slow", SLOW, "Gone", "p99_ms > 10"));
    run.tell("Slow", "p99_ms > 1000");
    run.tell("Gone", null);
    run.restart(Map.of("Slow", SLOW, "Gone", "p99_ms > 10"), parallelism);
    run.minute(1, 200);
    assertThat(run.results()).isEmpty();
    run.minute(2, 2_000);
    assertThat(run.results()).extracting(AlertEvent::rule).containsExactly("Slow");
  }

  @Test
  void whatTheTopicHeldAtTheStartWinsOverTheFile() throws Exception {
    run = new AlertRun(Map.of());
    run.restart(
        new StartingRules(
            Map.of("Slow", SLOW, "Gone", "p99_ms > 10"),
            Map.of("Slow", "p99_ms > 1000", "Gone", ""),
            Map.of("Slow", "expr: nonsense"),
            Mutes.NONE),
        1);
    run.minute(1, 2_000);
    assertThat(run.results()).extracting(AlertEvent::rule).containsExactly("Slow");
    assertThat(run.reports())
        .extracting(RuleReport::rule, RuleReport::state, RuleReport::reason)
        .containsExactly(tuple("Slow", RuleState.REFUSED, "expr: nonsense"));
  }

  @Test
  void whatWasOpenUnderAFormerFileIsResolvedWhenTheSeriesIsHeardOfAgain() throws Exception {
    run = new AlertRun(FILES);
    run.minute(1, 200);
    run.restart(Map.of("Other", "p99_ms > 100000"), 1);
    run.minute(2, 200);
    assertThat(run.results())
        .extracting(AlertEvent::status, AlertEvent::rule)
        .containsExactly(tuple(AlertStatus.FIRING, "Slow"), tuple(AlertStatus.RESOLVED, "Slow"));
    run.watermark(60 * MINUTE);
    assertThat(run.stateEntries()).isZero();
  }

  @Test
  void whatWasOpenUnderAFormerFileIsResolvedBySilenceToo() throws Exception {
    run = new AlertRun(FILES);
    run.minute(1, 200);
    run.restart(Map.of(), 3);
    run.watermark(60 * MINUTE);
    assertThat(run.results())
        .extracting(AlertEvent::status)
        .containsExactly(AlertStatus.FIRING, AlertStatus.RESOLVED);
    assertThat(run.stateEntries()).isZero();
    assertThat(run.timers()).isZero();
  }

  @Test
  void takingAwayWhatNobodyHasLeavesNoTrace() throws Exception {
    run = new AlertRun(Map.of());
    run.tell("-", null);
    assertThat(run.reports()).isEmpty();
  }

  @Test
  void aReasonThatIsTooLongToBeToldIsCutOff() throws Exception {
    run = new AlertRun(Map.of());
    run.restart(
        new StartingRules(
            Map.of(), Map.of(), Map.of("Slow", "was '" + "x\u0000".repeat(5_000)), Mutes.NONE),
        1);
    run.minute(1, 200);
    assertThat(run.reports())
        .singleElement()
        .satisfies(
            report -> {
              RuleStatusCodec codec = new RuleStatusCodec();
              RuleStatus status =
                  new RuleStatus("j", "Slow", report.state(), null, report.reason(), 0, null);
              assertThat(codec.decode(codec.encode(status))).isEqualTo(new Decoded.Ok<>(status));
              assertThat(report.reason()).startsWith("was 'x\\u{0}x").endsWith("…");
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a\u0000b", "two\nlines"})
  void aRuleWithoutANameThatCanBeToldIsLeftOut(String name) throws Exception {
    run = new AlertRun(Map.of());
    run.tell(name, SLOW);
    run.tell("x".repeat(257), SLOW);
    run.minute(1, 200);
    assertThat(run.results()).isEmpty();
    assertThat(run.reports()).isEmpty();
  }
}
