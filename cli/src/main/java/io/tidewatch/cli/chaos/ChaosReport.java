package io.tidewatch.cli.chaos;

import io.tidewatch.testkit.TestDatabase;
import io.tidewatch.testkit.chaos.Recoveries;
import io.tidewatch.testkit.chaos.Tally;
import io.tidewatch.testkit.chaos.Trend;
import java.lang.management.ManagementFactory;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;

/** Results of runs as a document. */
final class ChaosReport {
  private static final String NAMED_SERVER =
      """
      The database was on a server that somebody named; faults of it were such of the way to it.

      """;

  private final List<ChaosResult> results;

  ChaosReport(List<ChaosResult> results) {
    this.results = List.copyOf(results);
  }

  /** Whether every run passed. */
  boolean passed() {
    return results.stream().allMatch(result -> result.verdict() == Verdict.PASSED);
  }

  /**
   * Markdown.
   *
   * @param command as it was typed
   */
  String text(String command) {
    StringBuilder text = new StringBuilder(head(command)).append(goals());
    text.append(
        """

        ## Runs

        | scenario | seed | verdict | faults | interrupted | restarts | recovery p50 | p95 | drain | messages | refused | load |
        |---|---|---|---|---|---|---|---|---|---|---|---|
        """);
    for (ChaosResult result : results) {
      Recoveries recoveries = result.recoveries();
      text.append(
          "| `%s` | %d | %s | %d | %d | %d | %s | %s | %s | %,d | %,d | %.1f |\n"
              .formatted(
                  result.scenario(),
                  result.seed(),
                  result.verdict().text(),
                  result.faults(),
                  recoveries.interrupted(),
                  result.health().restarts(),
                  seconds(recoveries.quantileSeconds(.5)),
                  seconds(recoveries.quantileSeconds(.95)),
                  times(result.lags().slowestDrain()),
                  result.sent(),
                  result.refused(),
                  result.load()));
    }
    text.append(together());
    text.append(
        """

        ## Sets

        | scenario | seed | rows wanted | got | lost | not wanted | wrong | rewrites | alerts wanted | got | lost | not wanted | wrong | repeated | late |
        |---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|
        """);
    for (ChaosResult result : results) {
      text.append(
          "| `%s` | %d | %s | %,d | %s | %,d | %,d |\n"
              .formatted(
                  result.scenario(),
                  result.seed(),
                  cells(result.rows()),
                  result.rewrites(),
                  cells(result.alerts()),
                  result.repeatedAlerts(),
                  result.late()));
    }
    text.append(
        """

        ## Messages to people

        | scenario | seed | events wanted | got | lost | not wanted | wrong | over before told | repeated | waited | delay p50 | p95 | slowest |
        |---|---|---|---|---|---|---|---|---|---|---|---|---|
        """);
    for (ChaosResult result : results) {
      ToldPeople people = result.people();
      text.append(
          "| `%s` | %d | %s | %,d | %,d | %,d | %s | %s | %s |\n"
              .formatted(
                  result.scenario(),
                  result.seed(),
                  cells(people.events()),
                  people.overBefore(),
                  people.repeated(),
                  people.waited(),
                  seconds(people.delaySeconds(.5)),
                  seconds(people.delaySeconds(.95)),
                  seconds(people.delaySeconds(1))));
    }
    text.append(trends());
    text.append(found());
    text.append("\n## Scenarios\n\n");
    for (Scenario scenario : scenarios()) {
      text.append(
          "- `%s`: %s; must show %s\n"
              .formatted(scenario, scenario.what(), scenario.evidence().what()));
    }
    return text.toString();
  }

  private String head(String command) {
    var os = ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class);
    return String.format(
        Locale.ROOT,
        """
        # Reliability: what is left after faults

        Written by `%s`; do not edit. %s

        The telemetry job and the latency job, submitted with `flink run` from the jar that users submit, on real servers
        that are processes of their own: Kafka, PostgreSQL, ZooKeeper, a JobManager and two TaskManagers, each with slots
        for all, so that jobs go on in the other when one dies, and the notifier, which tells a webhook (a stand-in, in the
        process that looks on). Faults of a TaskManager meet one on which something runs. A supervisor restarts what dies.
        Seeded readings and requests arrive at a
        steady rate all the while; every 40 s one device and one endpoint do what an alert rule watches for. The next fault
        comes 1 s to 11 s after results flow again (in the soak 6 s to 16 s), by chance. At the end event time is ended, and all rows and alert events are
        compared with those that plain Java makes of the input: as sets, number by number. Messages to people are compared
        with the alert events.

        - **rewrites, repeated**: rows written again and alert events told again, which is what a restart from a checkpoint
          does. A run in which its fault left no trace is **not tested**, whatever the rest says.
        - **interrupted**: faults after which new rows stayed away for more than %d s and more than twice as long as ever
          before the first fault. **recovery**: from the end of the fault
          (the kill; the server may start again, or goes on) to the first new row behind the pause; of both jobs the slower.
        - **restarts**: of the job that was restarted most, since the last JobManager started.
        - **drain**: pace at which rows caught up after the worst fault, in seconds of event time a second; input has 1. A
          backlog that the next fault found still there counts with what was worked off of it by then.
        - **over before told**: alerts that were over before the notifier saw them, because it or Kafka was away or both came
          at once; they are not told, and may not be. **waited**: events of which people heard more than 5 s after they were
          in the topic. **delay**: from the topic to the webhook.
        - **load**: load average of the machine at the end of a run. Above the number of processors, recoveries are those of a
          machine that has other things to do.
        - The cluster has the shipped configuration, but for %s.

        %s**%d processors, %.0f GB, %s %s, %s %s**. One machine: a killed process
        loses its memory, not what it has handed to the operating system. This says nothing of power loss, of disks, of
        networks between machines, nor of a Kafka with replicas.
        """,
        command,
        LocalDate.now(ZoneOffset.UTC),
        Recoveries.LEAST_PAUSE_MS / 1000,
        settings(),
        TestDatabase.namedServer().isPresent() ? NAMED_SERVER : "",
        os.getAvailableProcessors(),
        os.getTotalMemorySize() / 1e9,
        os.getName(),
        os.getVersion(),
        System.getProperty("java.vm.name"),
        System.getProperty("java.runtime.version"));
  }

  private static String settings() {
    return ChaosRun.FLINK_SETTINGS.entrySet().stream()
        .map(entry -> "`%s: %s`".formatted(entry.getKey(), entry.getValue()))
        .collect(Collectors.joining(", "));
  }

  private String goals() {
    List<ChaosGoal> goals = ChaosGoal.of(results);
    StringBuilder text = new StringBuilder();
    for (ChaosGoal goal : goals) {
      text.append(
          "| %s | %s | %s | %s |\n"
              .formatted(goal.what(), goal.goal(), goal.measured(), goal.reached() ? "yes" : "no"));
    }
    return text.isEmpty()
        ? ""
        : """

        ## Goals

        Beside sets that are equal and servers that do not die, without which a run fails.

        | what | goal | measured | reached |
        |---|---|---|---|
        """
            + text;
  }

  /** Recoveries of all runs of a scenario, where there are several. */
  private String together() {
    StringBuilder text = new StringBuilder();
    for (Scenario scenario : scenarios()) {
      List<Recoveries> runs =
          results.stream()
              .filter(result -> result.scenario() == scenario)
              .map(ChaosResult::recoveries)
              .toList();
      Recoveries all = Recoveries.together(runs);
      if (runs.size() > 1 && all.interrupted() > 0) {
        text.append(
            "\nAll %d runs of `%s`: %d faults, %d interrupted; recovery p50 %s, p95 %s, slowest %s.\n"
                .formatted(
                    runs.size(),
                    scenario,
                    all.faults(),
                    all.interrupted(),
                    seconds(all.quantileSeconds(.5)),
                    seconds(all.quantileSeconds(.95)),
                    seconds(all.quantileSeconds(1))));
      }
    }
    return text.toString();
  }

  /** What servers held, of runs that were long enough to say. */
  private String trends() {
    StringBuilder text = new StringBuilder();
    for (ChaosResult result : results) {
      for (Trend trend : result.trends()) {
        text.append(
            "| `%s` | %s | %s | %d | %,.0f | %+,.1f | %+,.1f |\n"
                .formatted(
                    result.scenario(),
                    trend.server(),
                    trend.resource(),
                    trend.lives(),
                    trend.mean(),
                    trend.inALifePerHour(),
                    trend.overAllPerHour()));
      }
    }
    return text.isEmpty()
        ? ""
        : """

        ## Resources

        Least-squares lines through samples every 5 s, without the first minute of each process. *In a life*: one slope for
        all processes of a server, each line with a height of its own. *Over all*: one line through all samples.

        | scenario | server | resource | lives | mean | an hour, in a life | over all |
        |---|---|---|---|---|---|---|
        """
            + text;
  }

  /** What is wrong, where anything is. */
  private String found() {
    StringBuilder text = new StringBuilder();
    for (ChaosResult result : results) {
      for (String problem : result.problems()) {
        text.append("- `%s`, seed %d: %s\n".formatted(result.scenario(), result.seed(), problem));
      }
    }
    return text.isEmpty() ? "" : "\n## What was found\n\n" + text;
  }

  private Set<Scenario> scenarios() {
    Set<Scenario> scenarios = EnumSet.noneOf(Scenario.class);
    results.forEach(result -> scenarios.add(result.scenario()));
    return scenarios;
  }

  private static String cells(Tally tally) {
    return "%,d | %,d | %,d | %,d | %,d"
        .formatted(tally.wanted(), tally.got(), tally.lost(), tally.unexpected(), tally.wrong());
  }

  private static String times(OptionalDouble rate) {
    return rate.isEmpty() ? "" : String.format(Locale.ROOT, "%.1fx", rate.getAsDouble());
  }

  private static String seconds(OptionalDouble seconds) {
    return seconds.isEmpty() ? "" : String.format(Locale.ROOT, "%.1f s", seconds.getAsDouble());
  }
}
