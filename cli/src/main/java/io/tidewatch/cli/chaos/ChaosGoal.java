package io.tidewatch.cli.chaos;

import io.tidewatch.testkit.chaos.Recoveries;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * What a deployment is promised to bear, beside losing nothing, and what came of it.
 *
 * @param what over all runs of a scenario
 * @param goal for people
 * @param measured for people
 */
record ChaosGoal(String what, String goal, String measured, boolean reached) {
  private static final double SECONDS_WITHOUT_TASK_MANAGER = 30;
  private static final double SECONDS_WITHOUT_JOB_MANAGER = 60;
  private static final double LEAST_DRAIN = 2;

  /** Of the scenarios that were run and have one, as far as something was measured. */
  static List<ChaosGoal> of(List<ChaosResult> results) {
    Map<Scenario, List<ChaosResult>> runs = new EnumMap<>(Scenario.class);
    results.forEach(
        run -> runs.computeIfAbsent(run.scenario(), scenario -> new ArrayList<>()).add(run));
    List<ChaosGoal> goals = new ArrayList<>();
    runs.forEach(
        (scenario, those) -> {
          switch (scenario) {
            case KILL_TM -> recovery(scenario, those, SECONDS_WITHOUT_TASK_MANAGER, goals);
            case KILL_JM -> recovery(scenario, those, SECONDS_WITHOUT_JOB_MANAGER, goals);
            case DB_STOP, DB_KILL, DB_HANG -> {
              restarts(scenario, those, goals);
              drain(scenario, those, goals);
            }
            default -> {}
          }
        });
    return goals;
  }

  private static void recovery(
      Scenario scenario, List<ChaosResult> runs, double most, List<ChaosGoal> goals) {
    Recoveries.together(runs.stream().map(ChaosResult::recoveries).toList())
        .quantileSeconds(.95)
        .ifPresent(
            p95 ->
                goals.add(
                    new ChaosGoal(
                        "`%s`: recovery p95, s".formatted(scenario),
                        text("≤ %.0f", most),
                        text("%.1f", p95),
                        p95 <= most)));
  }

  private static void restarts(Scenario scenario, List<ChaosResult> runs, List<ChaosGoal> goals) {
    double most =
        runs.stream()
            .mapToDouble(run -> run.jobRestarts() / (double) Math.max(1, run.faults()))
            .max()
            .orElseThrow();
    goals.add(
        new ChaosGoal(
            "`%s`: restarts of a job, a fault".formatted(scenario),
            "≤ 1",
            text("%.1f", most),
            most <= 1));
  }

  private static void drain(Scenario scenario, List<ChaosResult> runs, List<ChaosGoal> goals) {
    OptionalDouble slowest =
        runs.stream().flatMapToDouble(run -> run.lags().slowestDrain().stream()).min();
    slowest.ifPresent(
        drain ->
            goals.add(
                new ChaosGoal(
                    "`%s`: drain, times the pace of the input".formatted(scenario),
                    text("≥ %.0f", LEAST_DRAIN),
                    text("%.1f", drain),
                    drain >= LEAST_DRAIN)));
  }

  private static String text(String template, double value) {
    return String.format(Locale.ROOT, template, value);
  }
}
