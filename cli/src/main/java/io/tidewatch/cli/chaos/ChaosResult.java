package io.tidewatch.cli.chaos;

import io.tidewatch.testkit.chaos.Lags;
import io.tidewatch.testkit.chaos.Recoveries;
import io.tidewatch.testkit.chaos.Tally;
import io.tidewatch.testkit.chaos.Trend;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What a run has left.
 *
 * @param faults that were injected
 * @param sent messages written to Kafka
 * @param refusalsWanted those of them that must be refused
 * @param refused those that were
 * @param late records in the late topics
 * @param rows of both tables
 * @param rewrites rows that were written again
 * @param contradictions rows and alerts that said something else when they were told again
 * @param alerts events by id and status
 * @param repeatedAlerts events told again that said the same
 * @param slowestAlertSeconds from the event time of an event to the topic, of the one that took
 *     longest; {@code NaN} without any
 * @param people what the notifier told of them
 * @param recoveries from the end of a fault to new rows
 * @param lags how far rows fell behind, and how fast they caught up
 * @param health of the jobs, since the last JobManager started
 * @param unwantedDeaths servers that died and were not killed, and how often
 * @param silentRows rows that came while a partition was silent, after it counted as idle; below 0
 *     where none was silent for as long
 * @param trends what the servers held of memory, threads and files; empty after a short run
 * @param problem what kept the run from its end; empty when nothing did
 * @param seconds of the run, start of the servers included
 * @param load load average of the machine at its end
 */
record ChaosResult(
    Scenario scenario,
    long seed,
    int faults,
    long sent,
    long refusalsWanted,
    long refused,
    long late,
    Tally rows,
    long rewrites,
    long contradictions,
    Tally alerts,
    long repeatedAlerts,
    double slowestAlertSeconds,
    ToldPeople people,
    Recoveries recoveries,
    Lags lags,
    JobHealth health,
    Map<String, Integer> unwantedDeaths,
    long silentRows,
    List<Trend> trends,
    String problem,
    double seconds,
    double load) {

  /** Of rows that had to wait for somebody. */
  private static final double LEAST_LAG_MS = 100;

  /** A run that did not come to its end. */
  static ChaosResult broken(
      Scenario scenario,
      long seed,
      int faults,
      String problem,
      Map<String, Integer> deaths,
      double seconds,
      double load) {
    return new ChaosResult(
        scenario,
        seed,
        faults,
        0,
        0,
        0,
        0,
        Tally.none(),
        0,
        0,
        Tally.none(),
        0,
        Double.NaN,
        ToldPeople.none(),
        new Recoveries(faults, List.of()),
        Lags.none(),
        JobHealth.unknown(),
        deaths,
        -1,
        List.of(),
        problem,
        seconds,
        load);
  }

  /** What is not as it must be, one line each; empty when all is well. */
  List<String> problems() {
    List<String> problems = new ArrayList<>();
    if (!problem.isEmpty()) {
      problems.add(problem);
    }
    rows.examples().forEach(example -> problems.add("row " + example));
    alerts.examples().forEach(example -> problems.add("alert " + example));
    people.events().examples().forEach(example -> problems.add("message of " + example));
    unwantedDeaths.forEach(
        (server, deaths) -> problems.add("%s died %d time(s) by itself".formatted(server, deaths)));
    if (contradictions > 0) {
      problems.add(contradictions + " rows or alerts said something else when told again");
    }
    if (refused != refusalsWanted) {
      problems.add("refused must be %d, was %d".formatted(refusalsWanted, refused));
    }
    if (late > 0) {
      problems.add(late + " records were late, none must be");
    }
    if (!scenario.hasFaults() && health.restarts() > 0) {
      problems.add(
          "a job was restarted %d time(s), and nothing happened".formatted(health.restarts()));
    }
    if (scenario.evidence() == Evidence.SILENCE && silentRows == 0) {
      problems.add("no rows came while a partition was silent");
    }
    if (scenario.isExactlyOnce() && repeatedAlerts > 0) {
      problems.add(repeatedAlerts + " committed alerts were told again, none must be");
    }
    if (scenario.evidence() == Evidence.NONE && rewrites + repeatedAlerts > 0) {
      problems.add("rows or alerts were told twice, and nothing happened");
    }
    return problems;
  }

  Verdict verdict() {
    if (!problems().isEmpty()) {
      return Verdict.FAILED;
    }
    boolean shown =
        switch (scenario.evidence()) {
          case NONE -> true;
          case REWRITES -> rewrites + repeatedAlerts > 0;
          case INTERRUPTION -> rewrites + repeatedAlerts + recoveries.interrupted() > 0;
          case LAG -> lags.addedMs() > LEAST_LAG_MS;
          case LATE_MESSAGES -> people.waited() > 0;
          case REFUSALS -> refusalsWanted > 0;
          case SILENCE -> silentRows > 0;
        };
    return shown ? Verdict.PASSED : Verdict.NOT_TESTED;
  }
}
