package io.tidewatch.cli.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidewatch.testkit.chaos.Fault;
import io.tidewatch.testkit.chaos.Lags;
import io.tidewatch.testkit.chaos.Recoveries;
import io.tidewatch.testkit.chaos.Tally;
import io.tidewatch.testkit.chaos.Trend;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class ChaosReportTest {
  private static final Tally EXACT = new Tally(100, 100, 0, 0, 0, List.of());

  private static ChaosResult result(Scenario scenario, Tally rows, long rewrites, long refused) {
    return result(scenario, rows, rewrites, refused, 0);
  }

  private static ChaosResult result(
      Scenario scenario, Tally rows, long rewrites, long refused, long repeatedAlerts) {
    return new ChaosResult(
        scenario,
        7,
        scenario.usualFaults(),
        20_000,
        0,
        refused,
        0,
        rows,
        rewrites,
        0,
        EXACT,
        repeatedAlerts,
        31.5,
        new ToldPeople(EXACT, 1, 2, List.of(250.0, 31_000.0)),
        new Recoveries(scenario.usualFaults(), List.of(4.0, 9.5)),
        new Lags(150, OptionalDouble.of(12.4)),
        new JobHealth(scenario.hasFaults() ? 1 : 0, 0, 1.5),
        Map.of(),
        -1,
        scenario == Scenario.SOAK
            ? List.of(new Trend("kafka", "threads", 3, 81.2, .4, -.2))
            : List.of(),
        "",
        60,
        2.5);
  }

  @Test
  void nothingLostAndRowsToldAgainIsPassed() {
    assertThat(result(Scenario.KILL_TM, EXACT, 12, 0).verdict()).isEqualTo(Verdict.PASSED);
  }

  @Test
  void nothingLostAndNothingToldAgainIsNotTested() {
    assertThat(result(Scenario.KILL_TM, EXACT, 0, 0).verdict()).isEqualTo(Verdict.NOT_TESTED);
  }

  @Test
  void outageThatTheJobWaitedForIsTestedByThePause() {
    assertThat(result(Scenario.DB_STOP, EXACT, 0, 0).verdict()).isEqualTo(Verdict.PASSED);
  }

  @Test
  void slowNetworkIsTestedByRowsThatCameLater() {
    assertThat(result(Scenario.DB_SLOW, EXACT, 0, 0).verdict()).isEqualTo(Verdict.PASSED);
  }

  @Test
  void exactlyOnceMustNotTellAnAlertAgain() {
    assertThat(result(Scenario.EXACTLY_ONCE, EXACT, 12, 0, 0).verdict()).isEqualTo(Verdict.PASSED);
    assertThat(result(Scenario.EXACTLY_ONCE, EXACT, 12, 0, 1).verdict()).isEqualTo(Verdict.FAILED);
    assertThat(result(Scenario.KILL_TM, EXACT, 12, 0, 1).verdict()).isEqualTo(Verdict.PASSED);
  }

  @Test
  void controlMustNotTellAnythingAgain() {
    assertThat(result(Scenario.CALM, EXACT, 0, 0).verdict()).isEqualTo(Verdict.PASSED);
    assertThat(result(Scenario.CALM, EXACT, 1, 0).verdict()).isEqualTo(Verdict.FAILED);
  }

  @Test
  void lostRowOrWrongRefusalFails() {
    Tally lost = new Tally(100, 99, 1, 0, 0, List.of("the one: lost"));

    assertThat(result(Scenario.KILL_TM, lost, 12, 0).verdict()).isEqualTo(Verdict.FAILED);
    assertThat(result(Scenario.KILL_TM, EXACT, 12, 1).verdict()).isEqualTo(Verdict.FAILED);
  }

  @Test
  void brokenRunSaysWhatKeptIt() {
    ChaosResult broken =
        ChaosResult.broken(
            Scenario.DB_HANG, 1, 1, "no new rows", Map.of("taskmanager-0", 3), 600, 2.5);

    assertThat(broken.verdict()).isEqualTo(Verdict.FAILED);
    assertThat(broken.problems())
        .containsExactly("no new rows", "taskmanager-0 died 3 time(s) by itself");
  }

  @Test
  void longRunShowsWhatServersHeld() {
    assertThat(
            new ChaosReport(List.of(result(Scenario.SOAK, EXACT, 12, 0)))
                .text("tidewatch chaos --scenario soak"))
        .contains("| `soak` | kafka | threads | 3 | 81 | +0.4 | -0.2 |");
  }

  @Test
  void severalRunsOfAScenarioAreAlsoToldTogether() {
    ChaosResult run = result(Scenario.KILL_TM, EXACT, 12, 0);

    assertThat(new ChaosReport(List.of(run, run)).text("tidewatch chaos --scenario kill-tm"))
        .contains(
            "All 2 runs of `kill-tm`: 8 faults, 4 interrupted; recovery p50 4.0 s, p95 9.5 s,"
                + " slowest 9.5 s.");
  }

  @Test
  void whatIsPromisedIsHeldAgainstWhatWasMeasured() {
    assertThat(
            new ChaosReport(
                    List.of(
                        result(Scenario.KILL_TM, EXACT, 12, 0),
                        result(Scenario.DB_STOP, EXACT, 0, 0),
                        result(Scenario.POISON, EXACT, 0, 0)))
                .text("tidewatch chaos --all"))
        .contains(
            """
            | `kill-tm`: recovery p95, s | ≤ 30 | 9.5 | yes |
            | `db-stop`: restarts of a job, a fault | ≤ 1 | 1.0 | yes |
            | `db-stop`: drain, times the pace of the input | ≥ 2 | 12.4 | yes |

            """);
    ChaosResult slow =
        new ChaosResult(
            Scenario.DB_HANG,
            7,
            1,
            1,
            0,
            0,
            0,
            EXACT,
            0,
            0,
            EXACT,
            0,
            Double.NaN,
            ToldPeople.none(),
            new Recoveries(1, List.of()),
            new Lags(0, OptionalDouble.of(1.6)),
            new JobHealth(2, 0, 1.5),
            Map.of(),
            -1,
            List.of(),
            "",
            60,
            2.5);
    assertThat(ChaosGoal.of(List.of(slow)))
        .extracting(ChaosGoal::measured, ChaosGoal::reached)
        .containsExactly(tuple("2.0", false), tuple("1.6", false));
  }

  @Test
  void silenceSlownessAndTimeHaveGoalsToo() {
    assertThat(
            ChaosGoal.of(
                List.of(
                    result(Scenario.DB_SLOW, EXACT, 0, 0),
                    result(Scenario.IDLE_PARTITION, EXACT, 0, 0),
                    result(Scenario.SOAK, EXACT, 12, 0))))
        .extracting(ChaosGoal::what, ChaosGoal::measured, ChaosGoal::reached)
        .containsExactly(
            tuple("`db-slow`: checkpoints that failed", "0", true),
            tuple("`idle-partition`: slowest alert, s after its event time", "31.5", true),
            tuple(
                "`soak`: steepest resource over all, % of its mean an hour (kafka, threads)",
                "-0.2", true));
  }

  @Test
  void soakHasAFaultAMinuteOfManyKindsAndIsNotOfAll() {
    var faults = Scenario.SOAK.schedule(1, 120).faults();

    assertThat(faults).hasSize(120).isEqualTo(Scenario.SOAK.schedule(1, 120).faults());
    assertThat(faults.stream().map(Fault::victim).distinct()).hasSizeGreaterThanOrEqualTo(6);
    assertThat(Scenario.SOAK.inputTime(120).toMinutes()).isEqualTo(120);
    assertThat(Scenario.SOAK.isOfAll()).isFalse();
  }

  @Test
  void documentAndLineSayTheSame() throws Exception {
    List<ChaosResult> results =
        List.of(result(Scenario.KILL_TM, EXACT, 12, 0), result(Scenario.KILL_JM, EXACT, 0, 0));
    ChaosReport report = new ChaosReport(results);

    assertThat(report.passed()).isFalse();
    assertThat(report.text("tidewatch chaos --all"))
        .contains(
            "Written by `tidewatch chaos --all`; do not edit.",
            "| `kill-tm` | 7 | passed | 4 | 2 | 1 | 4.0 s | 9.5 s | 12.4x | 20,000 | 0 | 2.5 |",
            "| `kill-jm` | 7 | not tested | 2 |",
            "| `kill-tm` | 7 | 100 | 100 | 0 | 0 | 0 | 12 | 100 | 100 | 0 | 0 | 0 | 0 | 0 |",
            "| `kill-tm` | 7 | 100 | 100 | 0 | 0 | 0 | 1 | 2 | 1 | 0.3 s | 31.0 s | 31.0 s |",
            "- `kill-jm`: kill -9 of the JobManager; must show rewrites or repeated alerts")
        .doesNotContain("What was found", "All 2 runs");
    JsonNode line = new ObjectMapper().readTree(new ChaosLine(results).text());
    assertThat(line.get("ok").booleanValue()).isFalse();
    assertThat(line.at("/runs/0/verdict").textValue()).isEqualTo("passed");
    assertThat(line.at("/runs/0/rewrites").intValue()).isEqualTo(12);
    assertThat(line.at("/runs/0/recovery_p95_s").doubleValue()).isEqualTo(9.5);
    assertThat(line.at("/runs/1/verdict").textValue()).isEqualTo("not_tested");
  }
}
