package io.tidewatch.cli.chaos;

import io.tidewatch.testkit.chaos.Recoveries;
import io.tidewatch.testkit.chaos.Trend;
import java.util.ArrayList;
import java.util.Comparator;
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

  private static final double PERCENT_AN_HOUR = 5;

  /** {@code event_time.idle_after} of the jobs as shipped, and two seconds. */
  private static final double SECONDS_OF_ALERT_BESIDE_SILENCE = 32;

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
            case DB_SLOW -> checkpoints(scenario, those, goals);
            case IDLE_PARTITION -> alertDelay(scenario, those, goals);
            case SOAK -> slopes(scenario, those, goals);
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
            .mapToDouble(run -> run.health().restarts() / (double) Math.max(1, run.faults()))
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

  private static void checkpoints(
      Scenario scenario, List<ChaosResult> runs, List<ChaosGoal> goals) {
    int failed =
        runs.stream().mapToInt(run -> run.health().failedCheckpoints()).max().orElseThrow();
    goals.add(
        new ChaosGoal(
            "`%s`: checkpoints that failed".formatted(scenario),
            "0",
            Integer.toString(failed),
            failed == 0));
  }

  private static void alertDelay(Scenario scenario, List<ChaosResult> runs, List<ChaosGoal> goals) {
    double slowest =
        runs.stream().mapToDouble(ChaosResult::slowestAlertSeconds).max().orElseThrow();
    if (!Double.isNaN(slowest)) {
      goals.add(
          new ChaosGoal(
              "`%s`: slowest alert, s after its event time".formatted(scenario),
              text("≤ %.0f", SECONDS_OF_ALERT_BESIDE_SILENCE),
              text("%.1f", slowest),
              slowest <= SECONDS_OF_ALERT_BESIDE_SILENCE));
    }
  }

  /** What shrinks is no leak: the line that rises most, in relation to what there is. */
  private static void slopes(Scenario scenario, List<ChaosResult> runs, List<ChaosGoal> goals) {
    runs.stream()
        .flatMap(run -> run.trends().stream())
        .max(Comparator.comparingDouble(ChaosGoal::percentAnHour))
        .ifPresent(
            trend ->
                goals.add(
                    new ChaosGoal(
                        "`%s`: steepest resource over all, %% of its mean an hour (%s, %s)"
                            .formatted(scenario, trend.server(), trend.resource()),
                        text("≤ %.0f", PERCENT_AN_HOUR),
                        text("%.1f", percentAnHour(trend)),
                        percentAnHour(trend) <= PERCENT_AN_HOUR)));
  }

  private static double percentAnHour(Trend trend) {
    return 100 * trend.overAllPerHour() / trend.mean();
  }

  private static String text(String template, double value) {
    return String.format(Locale.ROOT, template, value);
  }
}
