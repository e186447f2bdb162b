package io.tidewatch.udfs.alert;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.schemas.rule.RuleState;
import io.tidewatch.schemas.rule.RuleStatus;
import io.tidewatch.udfs.UnkeyedRun;
import org.apache.flink.streaming.api.operators.ProcessOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RuleStatusFunctionHarnessTest {
  private UnkeyedRun<RuleReport, RuleStatus> run;

  @BeforeEach
  void start() throws Exception {
    run = new UnkeyedRun<>(new ProcessOperator<>(new RuleStatusFunction("job")));
  }

  @AfterEach
  void stop() {
    run.close();
  }

  @Test
  void addsUpTheSeriesOfAllSubtasksAndTellsAChangeOnce() throws Exception {
    report(0, RuleState.ACCEPTED, "v1", 3);
    report(1, RuleState.ACCEPTED, "v1", 4);
    report(1, RuleState.ACCEPTED, "v1", 4);
    assertThat(run.results()).extracting(RuleStatus::matchedSeries).containsExactly(3L, 7L);
    assertThat(run.results()).allMatch(status -> status.job().equals("job"));
  }

  @Test
  void aRuleMatchesWhenOneSubtaskHasASeriesForIt() throws Exception {
    report(0, RuleState.NEVER_MATCHED, "v1", 0);
    report(1, RuleState.ACCEPTED, "v1", 1);
    report(0, RuleState.NEVER_MATCHED, "v1", 0);
    assertThat(run.results())
        .extracting(RuleStatus::state)
        .containsExactly(RuleState.NEVER_MATCHED, RuleState.ACCEPTED);
    assertThat(run.results().get(0).reason()).isEqualTo("none so far");
    assertThat(run.results().get(1).reason()).isNull();
  }

  @Test
  void reportsOfAFormerVersionDoNotCount() throws Exception {
    report(0, RuleState.ACCEPTED, "v1", 3);
    report(1, RuleState.ACCEPTED, "v1", 4);
    report(0, RuleState.ACCEPTED, "v2", 0);
    assertThat(run.results()).last().matches(status -> status.matchedSeries() == 0);
    report(1, RuleState.ACCEPTED, "v2", 5);
    assertThat(run.results()).last().matches(status -> status.matchedSeries() == 5);
  }

  @Test
  void aRuleThatIsTakenAwayIsToldOnce() throws Exception {
    report(0, RuleState.ACCEPTED, "v1", 3);
    report(0, RuleState.REMOVED, null, 0);
    report(1, RuleState.REMOVED, null, 0);
    assertThat(run.results())
        .extracting(RuleStatus::state)
        .containsExactly(RuleState.ACCEPTED, RuleState.REMOVED);
    assertThat(run.results()).last().matches(status -> status.version() == null);
  }

  private void report(int subtask, RuleState state, String version, long matched) throws Exception {
    String reason = state == RuleState.NEVER_MATCHED ? "none so far" : null;
    run.add(new RuleReport("Slow", state, version, reason, "{}", subtask, matched), 0);
  }
}
