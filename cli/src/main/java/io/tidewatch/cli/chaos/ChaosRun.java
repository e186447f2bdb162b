package io.tidewatch.cli.chaos;

import static org.awaitility.Awaitility.await;

import io.tidewatch.jobs.config.EventTimeConfig;
import io.tidewatch.testkit.TestDatabase;
import io.tidewatch.testkit.chaos.Fault;
import io.tidewatch.testkit.chaos.FaultSchedule;
import io.tidewatch.testkit.chaos.InjectedFault;
import io.tidewatch.testkit.chaos.Lags;
import io.tidewatch.testkit.chaos.ProcessStack;
import io.tidewatch.testkit.chaos.Recoveries;
import io.tidewatch.testkit.chaos.Resources;
import io.tidewatch.testkit.chaos.Tally;
import io.tidewatch.testkit.chaos.Trend;
import io.tidewatch.testkit.chaos.Write;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.awaitility.core.ConditionTimeoutException;

/**
 * One scenario with one seed: servers, jobs, input and faults side by side, then the end of event
 * time, then the comparison of what is there with what the input asks for.
 */
final class ChaosRun {
  /**
   * How the cluster of a run differs from the shipped one: faults come faster here than in any
   * deployment, and each is to meet a job as if it were the only one of the day.
   */
  static final Map<String, String> FLINK_SETTINGS =
      new TreeMap<>(
          Map.of(
              "execution.checkpointing.interval", "3 s",
              "execution.checkpointing.min-pause", "1 s",
              "restart-strategy.exponential-delay.max-backoff", "5 s",
              "restart-strategy.exponential-delay.reset-backoff-threshold", "15 s",
              "heartbeat.interval", "2 s",
              "heartbeat.timeout", "20 s"));

  /** No run is failed for being slow: this is for jobs that never come back. */
  private static final Duration FLOW_TIMEOUT = Duration.ofMinutes(20);

  private static final Duration LOOK_EVERY = Duration.ofMillis(500);

  private final Scenario scenario;
  private final long seed;
  private final int faults;
  private final long records;
  private final Deployment deployment;
  private final Consumer<String> says;

  /**
   * Where a run finds what it runs.
   *
   * @param flinkLib the jars of a Flink distribution
   * @param flinkConf the shipped configuration
   * @param jar that users submit
   */
  record Deployment(Path flinkLib, Path flinkConf, Path jar) {}

  /** All that runs in a run. */
  private record Parts(
      ProcessStack stack,
      Resources resources,
      ChaosJobs jobs,
      WrittenRows rows,
      ChaosNotifier notifier) {}

  /**
   * @param faults how many; not looked at when the scenario has none
   * @param records least number of messages; more are written when the faults take longer
   * @param says takes a line for each step
   */
  ChaosRun(
      Scenario scenario,
      long seed,
      int faults,
      long records,
      Deployment deployment,
      Consumer<String> says) {
    this.scenario = scenario;
    this.seed = seed;
    this.faults = faults;
    this.records = records;
    this.deployment = deployment;
    this.says = line -> says.accept("%s, seed %d: %s".formatted(scenario, seed, line));
  }

  /**
   * @param folder existing and empty; for all that is written
   */
  ChaosResult run(Path folder) throws Exception {
    long startNs = System.nanoTime();
    FaultSchedule schedule = scenario.schedule(seed, faults);
    says.accept("starts the servers in " + folder);
    try (ProcessStack stack =
            ProcessStack.start(
                deployment.flinkLib(),
                deployment.flinkConf(),
                folder,
                FLINK_SETTINGS,
                TestDatabase.namedServer());
        Resources resources = Resources.watch(stack.supervisor())) {
      try {
        return run(stack, resources, folder, schedule, startNs);
      } catch (ConditionTimeoutException e) {
        return ChaosResult.broken(
            scenario,
            seed,
            schedule.faults().size(),
            line(e),
            stack.supervisor().unwantedDeaths(),
            seconds(startNs),
            load());
      }
    } catch (IllegalStateException e) {
      return ChaosResult.broken(
          scenario, seed, schedule.faults().size(), line(e), Map.of(), seconds(startNs), load());
    }
  }

  private static String line(RuntimeException e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
  }

  private ChaosResult run(
      ProcessStack stack, Resources resources, Path folder, FaultSchedule schedule, long startNs)
      throws Exception {
    WrittenRows rows = new WrittenRows(stack.database().jdbcUrl());
    ChaosJobs jobs =
        ChaosJobs.submit(
            stack,
            deployment.flinkConf(),
            deployment.jar(),
            folder,
            rows,
            scenario.isExactlyOnce() ? "exactly-once" : "at-least-once");
    try (ChaosNotifier notifier =
        ChaosNotifier.start(stack, folder, jobs.telemetry().alerting().topic())) {
      return run(new Parts(stack, resources, jobs, rows, notifier), schedule, startNs);
    }
  }

  private ChaosResult run(Parts parts, FaultSchedule schedule, long startNs) throws Exception {
    ProcessStack stack = parts.stack();
    ChaosJobs jobs = parts.jobs();
    WrittenRows rows = parts.rows();
    double perSecond = records / (double) scenario.inputTime(schedule.faults().size()).toSeconds();
    long firstMs = System.currentTimeMillis();
    SentInput sent;
    List<InjectedFault> injected = new ArrayList<>();
    long flowMs;
    try (InputWriter writer =
        new InputWriter(
            stack.bootstrapServers(),
            new ChaosInput(seed, firstMs, perSecond, scenario.twist(), jobs.models()),
            perSecond,
            jobs.telemetry().input().topic(),
            jobs.latency().input().topic())) {
      writer.start();
      flowMs = awaitFlow(rows, firstMs, "the start");
      for (Fault planned : schedule.faults()) {
        InjectedFault.pass(planned.pause());
        Fault fault = stack.aimed(planned);
        says.accept("%d of %d: %s".formatted(injected.size() + 1, schedule.faults().size(), fault));
        InjectedFault done =
            fault.victim().equals(ChaosJobs.NAME)
                ? jobs.restartByHand(fault)
                : InjectedFault.inject(fault, stack.supervisor());
        injected.add(done);
        parts.notifier().awaitBack(done);
        flowMs = awaitFlow(rows, done.endMs(), fault.toString());
      }
      InjectedFault.pass(scenario.settling());
      awaitRecords(writer);
      sent = writer.finish();
    }
    says.accept("%,d messages written, waits until all are read".formatted(sent.sent()));
    jobs.awaitAllRead();
    JobHealth health = jobs.health();
    long silentRows =
        silentRows(rows, firstMs, sent.sent() / perSecond, jobs.telemetry().eventTime());
    List<Trend> trends = parts.resources().trends();
    long endMs = System.currentTimeMillis();
    jobs.drain();
    return compare(parts, sent, injected, flowMs, endMs, health, silentRows, trends, startNs);
  }

  private ChaosResult compare(
      Parts parts,
      SentInput sent,
      List<InjectedFault> injected,
      long flowMs,
      long endMs,
      JobHealth health,
      long silentRows,
      List<Trend> trends,
      long startNs)
      throws SQLException {
    ChaosJobs jobs = parts.jobs();
    WrittenRows rows = parts.rows();
    var wantedRows =
        ExpectedRows.of(sent, jobs.models().get(ChaosInput.MODEL), jobs.latency().window());
    var wantedAlerts = ExpectedAlerts.of(wantedRows, PlannedRule.ALL);
    WrittenMessages messages = new WrittenMessages(parts.stack().bootstrapServers());
    var alerts =
        messages.alerts(
            List.of(jobs.telemetry().alerting().topic(), jobs.latency().alerting().topic()));
    List<List<Write>> streams = new ArrayList<>();
    for (String table : RowKey.TABLES) {
      streams.add(rows.firstWrites(table));
    }
    return new ChaosResult(
        scenario,
        seed,
        injected.size(),
        sent.sent(),
        sent.refused(),
        messages.refused(jobs.inputs()),
        messages.late(jobs.inputs()),
        Tally.of(wantedRows, rows.rows(), ExpectedRows::difference),
        rows.rewrites(),
        rows.changedRewrites() + alerts.contradicted(),
        Tally.of(wantedAlerts, alerts.events(), ExpectedAlerts.Told::difference),
        alerts.repeated(),
        alerts.slowestSeconds(),
        parts.notifier().awaitTold(alerts.writtenMs()),
        Recoveries.of(injected, streams.stream().map(ChaosRun::times).toList(), flowMs),
        Lags.of(injected, streams, endMs),
        health,
        parts.stack().supervisor().unwantedDeaths(),
        silentRows,
        trends,
        "",
        seconds(startNs),
        load());
  }

  /**
   * Waits until rows have come to both tables that cannot have been on their way at the time.
   *
   * @return when that was seen
   */
  private long awaitFlow(WrittenRows rows, long sinceMs, String after) {
    await("new rows after " + after)
        .pollInterval(LOOK_EVERY)
        .atMost(FLOW_TIMEOUT)
        .ignoreExceptions()
        .until(() -> rows.slowestNewestMs() > sinceMs + scenario.settling().toMillis());
    return System.currentTimeMillis();
  }

  private void awaitRecords(InputWriter writer) {
    await(records + " messages")
        .pollInterval(LOOK_EVERY)
        .atMost(scenario.inputTime(faults).multipliedBy(3).plus(FLOW_TIMEOUT))
        .until(() -> writer.sent() >= records);
  }

  /** Rows between the moment when the silent partition counts as idle and the end of silence. */
  private long silentRows(
      WrittenRows rows, long firstMs, double inputSeconds, EventTimeConfig eventTime)
      throws SQLException {
    if (scenario.twist() != Twist.SILENT_PARTITION
        || inputSeconds * 1000 < ChaosInput.SILENT_UNTIL_MS) {
      return -1;
    }
    long idleMs = firstMs + ChaosInput.SILENT_FROM_MS + eventTime.idleAfter().toMillis();
    long endMs = firstMs + ChaosInput.SILENT_UNTIL_MS;
    long least = Long.MAX_VALUE;
    for (String table : RowKey.TABLES) {
      long came =
          rows.firstWrites(table).stream()
              .filter(write -> write.atMs() > idleMs && write.atMs() < endMs)
              .count();
      least = Math.min(least, came);
    }
    return least;
  }

  private static long[] times(List<Write> stream) {
    return stream.stream().mapToLong(Write::atMs).toArray();
  }

  private static double load() {
    return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
  }

  private static double seconds(long startNs) {
    return (System.nanoTime() - startNs) / 1e9;
  }
}
