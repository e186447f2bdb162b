package io.tidewatch.cli.chaos;

import io.tidewatch.testkit.chaos.Fault;
import io.tidewatch.testkit.chaos.FaultKind;
import io.tidewatch.testkit.chaos.FaultSchedule;
import io.tidewatch.testkit.chaos.ProcessStack;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.IntStream;

/** What can happen to a deployment, and what must be seen of it. */
enum Scenario {
  CALM("nothing happens: the control", Victims.NONE, 0, Twist.NONE, Evidence.NONE),
  KILL_TM(
      "kill -9 of a TaskManager", Victims.TASK_MANAGERS, FaultKind.KILL, 0, 4, Evidence.REWRITES),
  EXACTLY_ONCE(
      "kill -9 of a TaskManager while alerts are delivered exactly once",
      Victims.TASK_MANAGERS,
      FaultKind.KILL,
      0,
      5,
      Evidence.REWRITES),
  KILL_JM(
      "kill -9 of the JobManager", Victims.JOB_MANAGER, FaultKind.KILL, 0, 2, Evidence.REWRITES),
  FREEZE_TM_SHORT(
      "a TaskManager frozen for 10 s, less than the heartbeat timeout",
      Victims.TASK_MANAGERS,
      FaultKind.FREEZE,
      10,
      2,
      Evidence.INTERRUPTION),
  FREEZE_TM_LONG(
      "a TaskManager frozen for 40 s, longer than the heartbeat timeout; it comes back as a zombie",
      Victims.TASK_MANAGERS,
      FaultKind.FREEZE,
      40,
      2,
      Evidence.REWRITES),
  KILL_KAFKA("kill -9 of Kafka", Victims.KAFKA, FaultKind.KILL, 0, 2, Evidence.INTERRUPTION),
  KAFKA_DOWN("Kafka stopped for 60 s", Victims.KAFKA, FaultKind.STOP, 60, 1, Evidence.INTERRUPTION),
  DB_STOP(
      "PostgreSQL stopped for 12 s",
      Victims.DATABASE,
      FaultKind.STOP,
      12,
      1,
      Evidence.INTERRUPTION),
  DB_KILL("kill -9 of PostgreSQL", Victims.DATABASE, FaultKind.KILL, 0, 2, Evidence.INTERRUPTION),
  DB_HANG(
      "PostgreSQL frozen for 5 min",
      Victims.DATABASE,
      FaultKind.FREEZE,
      300,
      1,
      Evidence.INTERRUPTION),
  DB_SLOW(
      "200 ms more for each piece between the jobs and PostgreSQL, both ways, for 60 s",
      Victims.DATABASE_NETWORK,
      FaultKind.FREEZE,
      60,
      1,
      Evidence.LAG),
  NO_CHECKPOINTS(
      "checkpoints can neither be written nor read for 45 s",
      Victims.CHECKPOINTS,
      FaultKind.FREEZE,
      45,
      1,
      Evidence.REWRITES),
  BAD_CHECKPOINT(
      "the newest checkpoint is damaged, and a person starts the jobs from the one before",
      Victims.JOBS,
      FaultKind.STOP,
      0,
      2,
      Evidence.REWRITES),
  NOTIFIER_DOWN(
      "the notifier stopped for 20 s",
      Victims.NOTIFIER,
      FaultKind.STOP,
      20,
      4,
      Evidence.LATE_MESSAGES),
  POISON("one message in twenty is poison", Victims.NONE, 0, Twist.POISON, Evidence.REFUSALS),
  WRONG_CLOCK(
      "one reading in twenty from a device with a wrong clock",
      Victims.NONE,
      0,
      Twist.WRONG_CLOCK,
      Evidence.REFUSALS),
  IDLE_PARTITION(
      "a partition of each topic is silent for 60 s",
      Victims.NONE,
      100,
      Twist.SILENT_PARTITION,
      Evidence.SILENCE),
  BRIEF(
      "TaskManagers killed, and PostgreSQL stopped for 12 s in between",
      Victims.NONE,
      FaultKind.KILL,
      0,
      3,
      Evidence.REWRITES),
  SOAK(
      "a fault of those above every minute or so, but for the longest, two hours long",
      Victims.NONE,
      FaultKind.KILL,
      0,
      120,
      Evidence.REWRITES);

  private enum Victims {
    NONE,
    TASK_MANAGERS,
    JOB_MANAGER,
    KAFKA,
    DATABASE,
    DATABASE_NETWORK,
    CHECKPOINTS,
    NOTIFIER,
    JOBS;

    List<String> names() {
      return switch (this) {
        case NONE -> List.of();
        case TASK_MANAGERS -> ProcessStack.TASK_MANAGERS;
        case JOB_MANAGER -> List.of(ProcessStack.JOB_MANAGER);
        case KAFKA -> List.of(ProcessStack.KAFKA);
        case DATABASE -> List.of(ProcessStack.DATABASE);
        case DATABASE_NETWORK -> List.of(ProcessStack.DATABASE_NETWORK);
        case CHECKPOINTS -> List.of(ProcessStack.CHECKPOINTS);
        case NOTIFIER -> List.of(ChaosNotifier.NAME);
        case JOBS -> List.of(ChaosJobs.NAME);
      };
    }
  }

  /** Seconds of input before the first fault, after the last, and around each. */
  private static final int CALM_SECONDS = 20;

  private static final int SECONDS_A_FAULT = 20;

  /** Of the soak: with a fault and half a minute to settle, about a minute. */
  private static final int SOAK_PAUSE_SECONDS = 5;

  private static final int SOAK_SECONDS_A_FAULT = 60;

  /** A fault that lasts longer has a scenario of its own only. */
  private static final Duration LONGEST_OF_SOAK = Duration.ofSeconds(60);

  private final String what;
  private final Victims victims;
  private final FaultKind fault;
  private final Duration length;
  private final int faults;
  private final int leastSeconds;
  private final Twist twist;
  private final Evidence evidence;

  Scenario(
      String what,
      Victims victims,
      FaultKind fault,
      int lengthSeconds,
      int faults,
      Evidence evidence) {
    this.what = what;
    this.victims = victims;
    this.fault = fault;
    this.length = Duration.ofSeconds(lengthSeconds);
    this.faults = faults;
    this.leastSeconds = 0;
    this.twist = Twist.NONE;
    this.evidence = evidence;
  }

  /** Without faults. */
  Scenario(String what, Victims victims, int leastSeconds, Twist twist, Evidence evidence) {
    this.what = what;
    this.victims = victims;
    this.fault = FaultKind.KILL;
    this.length = Duration.ZERO;
    this.faults = 0;
    this.leastSeconds = leastSeconds;
    this.twist = twist;
    this.evidence = evidence;
  }

  /** As it is typed. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** For people. */
  String what() {
    return what;
  }

  Twist twist() {
    return twist;
  }

  Evidence evidence() {
    return evidence;
  }

  /**
   * How long after a fault rows may still come that were on their way. A JobManager that is gone is
   * noticed when its heartbeats stay away; until then the jobs go on.
   */
  Duration settling() {
    return Duration.ofSeconds(victims == Victims.JOB_MANAGER || this == SOAK ? 30 : 4);
  }

  /** Whether anything is killed, stopped or frozen. */
  boolean hasFaults() {
    return faults > 0;
  }

  /** How many faults unless somebody says otherwise. */
  int usualFaults() {
    return faults;
  }

  /** Seeds unless somebody says otherwise; more where the fault is the commonest. */
  List<Long> usualSeeds() {
    return this == KILL_TM ? List.of(1L, 2L, 3L, 4L, 5L) : List.of(1L);
  }

  /** Least number of messages of a run unless somebody says otherwise. */
  long usualRecords() {
    return switch (this) {
      case KILL_TM -> 40_000;
      case SOAK -> 36_000_000; // 5,000 a second
      default -> 20_000;
    };
  }

  /**
   * @param count how many; not looked at when the scenario has none
   */
  FaultSchedule schedule(long seed, int count) {
    if (this == SOAK) {
      return soak(new Random(seed), count);
    }
    if (this == BRIEF) {
      return brief(new Random(seed), count);
    }
    return FaultSchedule.of(seed, fault, victims.names(), length, hasFaults() ? count : 0);
  }

  private static FaultSchedule brief(Random random, int count) {
    return new FaultSchedule(
        IntStream.range(0, count)
            .mapToObj(i -> (i % 2 == 0 ? KILL_TM : DB_STOP).schedule(random.nextLong(), 1))
            .flatMap(one -> one.faults().stream())
            .toList());
  }

  private static FaultSchedule soak(Random random, int count) {
    List<Scenario> brief =
        Arrays.stream(values())
            .filter(each -> each.isOfAll() && each.hasFaults() && each.victims != Victims.JOBS)
            .filter(each -> each.length.compareTo(LONGEST_OF_SOAK) <= 0)
            .toList();
    List<Fault> faults = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Fault fault =
          brief.get(random.nextInt(brief.size())).schedule(random.nextLong(), 1).faults().get(0);
      Duration pause = fault.pause().plusSeconds(SOAK_PAUSE_SECONDS);
      faults.add(new Fault(fault.kind(), fault.victim(), fault.length(), pause));
    }
    return new FaultSchedule(faults);
  }

  /** Whether alerts are delivered exactly once. */
  boolean isExactlyOnce() {
    return this == EXACTLY_ONCE;
  }

  /** Whether {@code --all} has it: those made of others are beside it. */
  boolean isOfAll() {
    return this != SOAK && this != BRIEF;
  }

  /** How long input should arrive for so many faults. */
  Duration inputTime(int count) {
    long each = this == SOAK ? SOAK_SECONDS_A_FAULT : SECONDS_A_FAULT + length.toSeconds();
    long seconds = CALM_SECONDS + count * each;
    return Duration.ofSeconds(Math.max(Math.max(seconds, 2 * CALM_SECONDS), leastSeconds));
  }
}
