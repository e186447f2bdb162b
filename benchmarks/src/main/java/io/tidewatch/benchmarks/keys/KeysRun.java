package io.tidewatch.benchmarks.keys;

import io.tidewatch.benchmarks.ChildProcess;
import io.tidewatch.benchmarks.variant.FlinkRun;
import io.tidewatch.benchmarks.variant.Setting;
import io.tidewatch.benchmarks.workload.Progress;
import io.tidewatch.schemas.model.WindowSpec;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** One run in its own process: waves of keys, looked at before, at their height and after. */
public final class KeysRun {
  private static final Duration PATIENCE = Duration.ofMinutes(10);
  private static final long LOOK_EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
  private static final int COLLECTIONS = 3;
  private static final Path STATUS = Path.of("/proc/self/status");

  private final KeysOrder order;
  private final Waves waves;
  private final FlinkRun job;

  private KeysRun(KeysOrder order, Waves waves, FlinkRun job) {
    this.order = order;
    this.waves = waves;
    this.job = job;
  }

  /** One argument: a {@link KeysOrder} as JSON. */
  public static void main(String[] args) {
    ChildProcess.answer(args, KeysOrder.class, KeysRun::run);
  }

  private static KeysResult run(KeysOrder order) throws IOException {
    KeysSpec spec = order.spec();
    Waves waves = spec.events();
    WindowSpec window = spec.window();
    Progress.holdAt(0);
    FlinkRun job =
        FlinkRun.start(
            env -> spec.kind().define(env, waves, window),
            new Setting(1, order.checkpointEvery(), Path.of(order.folder()), spec.backend()));
    return new KeysRun(order, waves, job).follow();
  }

  private KeysResult follow() throws IOException {
    List<Moment> moments = new ArrayList<>();
    reach(waves.begin(1));
    moments.add(moment("base"));
    for (int wave = 1; wave <= order.spec().waves(); wave++) {
      reach(waves.full(wave));
      moments.add(moment("wave " + wave));
      if (order.spec().drained()) {
        reach(waves.begin(wave + 1));
        moments.add(moment("after " + wave));
      }
    }
    return new KeysResult(order.spec(), moments);
  }

  private void reach(long second) {
    Progress.holdAt(second);
    // A barrier that waited behind millions of windows would take its checkpoint for lost.
    while (job.watermarkMs() < waves.watermarkMs(second - 1)) {
      pause();
    }
  }

  private Moment moment(String name) throws IOException {
    // Its barrier comes behind all records, so what is measured after it is at rest.
    String savepoint = job.savepoint(PATIENCE);
    Census census = Census.of(savepoint, order.spec().kind().keyType());
    long checkpointBytes = order.spec().drained() ? checkpoint() : 0;
    return new Moment(
        name,
        census,
        heapBytes(),
        residentBytes(),
        checkpointBytes,
        (long) job.metric("rocksdb_estimate-num-keys"),
        (long) job.metric("rocksdb_live-sst-files-size"),
        job.results());
  }

  /** Size of the next checkpoint. */
  private long checkpoint() {
    long before = job.checkpoints().completed();
    while (job.checkpoints().completed() == before) {
      pause();
    }
    return job.checkpoints().lastBytes();
  }

  private void pause() {
    LockSupport.parkNanos(LOOK_EVERY_NANOS);
    job.check();
  }

  private static long heapBytes() {
    long least = Long.MAX_VALUE;
    for (int i = 0; i < COLLECTIONS; i++) {
      System.gc();
      least = Math.min(least, ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
    }
    return least;
  }

  private static long residentBytes() throws IOException {
    if (!Files.isReadable(STATUS)) {
      return 0;
    }
    try (var lines = Files.lines(STATUS)) {
      return lines
          .filter(line -> line.startsWith("VmRSS:"))
          .mapToLong(line -> 1024 * Long.parseLong(line.replaceAll("\\D", "")))
          .findFirst()
          .orElse(0);
    }
  }
}
