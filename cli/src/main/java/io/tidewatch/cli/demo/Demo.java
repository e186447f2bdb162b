package io.tidewatch.cli.demo;

import io.tidewatch.cli.Tidewatch;
import io.tidewatch.cli.input.Replay;
import io.tidewatch.cli.input.ReplayOptions;
import io.tidewatch.cli.input.ReplayRecord;
import io.tidewatch.embedded.EmbeddedStack;
import io.tidewatch.embedded.ShippedFlinkConf;
import io.tidewatch.jobs.config.ModelFiles;
import io.tidewatch.jobs.config.YamlLoader;
import io.tidewatch.schemas.model.TelemetryModels;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Starts everything, feeds it, shows what comes of it, drains it, and accounts for every record.
 */
final class Demo {
  /** Three jobs of the parallelism in {@code flink-conf/config.yaml}. */
  private static final int SLOTS = 6;

  private static final Duration READ_TIMEOUT = Duration.ofMinutes(1);
  private static final long LOOK_FOR_FIRST_ROW_MS = 20;
  private static final long LOOK_MS = 1000;

  private final DemoOptions options;
  private final Screen screen;
  private final CountDownLatch asked = new CountDownLatch(1);

  Demo(DemoOptions options, Screen screen) {
    this.options = options;
    this.screen = screen;
  }

  /**
   * @return whether the totals are as they should be
   */
  boolean run() throws Exception {
    Path models = options.flinkConf().resolve("models");
    TelemetryModels all = ModelFiles.load(YamlLoader.ofProcess(), models);
    String replayed = replayedModel(all); // before anything is removed or started
    try (DemoFolder folder = DemoFolder.claim(options.dataFolder())) {
      Interrupt.handle(asked::countDown);
      keepBelow(folder);
      return run(folder, models, all, replayed);
    }
  }

  private boolean run(
      DemoFolder folder, Path models, TelemetryModels all, @Nullable String replayed)
      throws Exception {
    screen.say("starting Kafka, PostgreSQL and Flink; all data below " + folder.path());
    try (EmbeddedStack stack =
        EmbeddedStack.start(
            folder.path(), SLOTS, ShippedFlinkConf.read(options.flinkConf()), Map.of())) {
      DemoTopics.create(stack.kafka());
      Path modelCopies = folder.copyModels(models, replayed, options.speed());
      Feeder feeder = new Feeder(stack.kafka().bootstrapServers(), all, options.seed());
      try (feeder) {
        feeder.start(replay(all, feeder.startMs()));
        DemoJobs jobs = DemoJobs.submit(stack, options.flinkConf(), modelCopies);
        try (Observer observer = new Observer(stack, jobs);
            DemoNotifier notifier =
                new DemoNotifier(stack.kafka().bootstrapServers(), options.flinkConf())) {
          Path file = options.replay();
          screen.start(stack, folder, feeder.faults(), file == null ? null : file.toString());
          Totals totals = watch(stack, feeder, jobs, observer, notifier);
          notifier.told(!totals.end().alerts().isEmpty()).forEach(screen::say);
          screen.say(totals.json());
          return totals.ok();
        }
      }
    }
  }

  /** Before anything logs or unpacks native code. */
  private static void keepBelow(DemoFolder folder) throws IOException {
    String temporary = Files.createDirectories(folder.path().resolve("tmp")).toString();
    System.setProperty("java.io.tmpdir", temporary);
    System.setProperty("jna.tmpdir", temporary);
    System.setProperty(Tidewatch.LOG_FILE, folder.path().resolve("tidewatch.log").toString());
  }

  private Totals watch(
      EmbeddedStack stack, Feeder feeder, DemoJobs jobs, Observer observer, DemoNotifier notifier)
      throws Exception {
    awaitRows(1, feeder, jobs, observer);
    Duration firstRow =
        Duration.ofMillis(
            System.currentTimeMillis() - ManagementFactory.getRuntimeMXBean().getStartTime());
    screen.firstRow(firstRow);
    awaitRows(2, feeder, jobs, observer);
    feeder.startLate();
    jobs.submitAnomaly();
    notifier.start();
    while (!over(feeder) && !asked.await(LOOK_MS, TimeUnit.MILLISECONDS)) {
      feeder.check();
      jobs.check();
      screen.show(running(feeder), observer.observe());
    }
    Duration ran = running(feeder);
    screen.say("stopping: the inputs end, all windows fire, everything is written");
    feeder.close();
    feeder.check();
    awaitRead(stack, jobs);
    int restarts = jobs.restarts();
    jobs.drain();
    awaitScored(stack, jobs);
    restarts = Math.max(restarts, jobs.restarts());
    jobs.drainAnomaly();
    Observation end = observer.observeEnd();
    screen.end(ran, end);
    List<Totals.InjectedFault> faults =
        feeder.faults().stream()
            .filter(fault -> fault.end().compareTo(ran) <= 0)
            .map(fault -> Totals.InjectedFault.of(fault, feeder.startMs(), end.alerts()))
            .toList();
    return new Totals(ran, firstRow, end.withRestarts(restarts), faults);
  }

  private void awaitRows(int tables, Feeder feeder, DemoJobs jobs, Observer observer)
      throws Exception {
    while (observer.tablesWithRows() < tables
        && !asked.await(LOOK_FOR_FIRST_ROW_MS, TimeUnit.MILLISECONDS)) {
      feeder.check();
      jobs.check();
    }
  }

  private void awaitRead(EmbeddedStack stack, DemoJobs jobs) throws InterruptedException {
    long telemetry = stack.kafka().endOffsets(DemoTopics.TELEMETRY);
    long latency = stack.kafka().endOffsets(DemoTopics.LATENCY);
    await(
        () -> {
          jobs.check();
          return jobs.telemetryRead() >= telemetry && jobs.latencyRead() >= latency;
        },
        () ->
            "the jobs did not read their input within %s: %d of %d, %d of %d"
                .formatted(
                    READ_TIMEOUT, jobs.telemetryRead(), telemetry, jobs.latencyRead(), latency));
  }

  /** What the drained jobs told is complete; the job that scores it is to have read all of it. */
  private void awaitScored(EmbeddedStack stack, DemoJobs jobs) throws InterruptedException {
    long vectors = stack.kafka().endOffsets(DemoTopics.FEATURES);
    long windows = stack.kafka().endOffsets(DemoTopics.WINDOWS);
    await(
        () -> jobs.vectorsRead() >= vectors && jobs.windowsRead() >= windows,
        () ->
            "the anomaly job did not read its input within %s: %d of %d, %d of %d"
                .formatted(READ_TIMEOUT, jobs.vectorsRead(), vectors, jobs.windowsRead(), windows));
  }

  private static void await(BooleanSupplier done, Supplier<String> complaint)
      throws InterruptedException {
    long deadline = System.nanoTime() + READ_TIMEOUT.toNanos();
    CountDownLatch never = new CountDownLatch(1);
    while (!done.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException(complaint.get());
      }
      never.await(LOOK_FOR_FIRST_ROW_MS, TimeUnit.MILLISECONDS);
    }
  }

  private boolean over(Feeder feeder) {
    Duration duration = options.duration();
    return duration != null && running(feeder).compareTo(duration) >= 0;
  }

  private static Duration running(Feeder feeder) {
    return Duration.ofMillis(System.currentTimeMillis() - feeder.startMs());
  }

  private @Nullable Replay replay(TelemetryModels models, long startMs) {
    Path file = options.replay();
    return file == null
        ? null
        : Replay.open(file, ReplayOptions.from(startMs, options.speed()), models);
  }

  /** Model of the first record of the replay; null when there is none or it is a request. */
  private @Nullable String replayedModel(TelemetryModels models) {
    try (Replay replay = replay(models, 0)) {
      return replay != null
              && replay.hasNext()
              && replay.next() instanceof ReplayRecord.Telemetry telemetry
          ? telemetry.reading().model()
          : null;
    }
  }
}
