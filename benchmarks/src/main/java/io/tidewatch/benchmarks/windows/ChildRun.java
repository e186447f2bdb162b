package io.tidewatch.benchmarks.windows;

import com.sun.management.OperatingSystemMXBean;
import io.tidewatch.benchmarks.ChildProcess;
import io.tidewatch.benchmarks.variant.Running;
import io.tidewatch.benchmarks.variant.Setting;
import io.tidewatch.benchmarks.variant.Variant;
import io.tidewatch.benchmarks.variant.Variants;
import io.tidewatch.benchmarks.workload.Progress;
import io.tidewatch.benchmarks.workload.Workload;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** One run in its own process. */
public final class ChildRun {
  private static final double NANOS = 1e9;

  private static final OperatingSystemMXBean OS =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

  private ChildRun() {}

  /** One argument: a {@link RunOrder} as JSON. */
  public static void main(String[] args) {
    ChildProcess.answer(args, RunOrder.class, ChildRun::run);
  }

  private static RunResult run(RunOrder order) throws Exception {
    RunSpec spec = order.spec();
    RunTimes times = order.times();
    Variant variant = Variants.get(spec.variant());
    int sparseSeconds = variant.sparseSeconds(spec.overlap());
    int fullSeconds = variant.fullSeconds(spec.overlap(), spec.perKeyAndSecond());
    Workload workload =
        new Workload(
            order.keys(), spec.perKeyAndSecond(), spec.overlap(), sparseSeconds, Workload.ENDLESS);
    Setting setting =
        new Setting(
            spec.parallelism(),
            Duration.ofSeconds(times.checkpointSeconds()),
            Path.of(order.folder()),
            order.backend());
    double load = OS.getSystemLoadAverage();
    Running running = variant.start(workload, setting);
    boolean filled = reaches(sparseSeconds, times.panesSeconds(), running);
    if (filled) {
      reaches(sparseSeconds + fullSeconds, times.recordsSeconds(), running);
    }
    pauseFor(times.warmUpSeconds());
    double filledShare =
        fullSeconds == 0
            ? 1
            : Math.max(0, Progress.second() - sparseSeconds) / (double) fullSeconds;
    running.check();

    OS.getCpuLoad(); // the next call tells the average since this one
    long records = Progress.records();
    long results = running.results();
    long wall = System.nanoTime();
    long cpu = OS.getProcessCpuTime();
    pauseFor(times.measuredSeconds());
    cpu = OS.getProcessCpuTime() - cpu;
    wall = System.nanoTime() - wall;
    records = Progress.records() - records;
    results = running.results() - results;
    double busy = OS.getCpuLoad() * OS.getAvailableProcessors();

    running.check();
    Running.Checkpoints checkpoints = running.checkpoints();
    return new RunResult(
        spec,
        records,
        results,
        wall / NANOS,
        cpu / NANOS,
        Math.max(0, busy - (double) cpu / wall),
        load,
        heapBytes(),
        checkpoints.completed(),
        checkpoints.failed(),
        checkpoints.lastBytes(),
        checkpoints.lastMs(),
        Math.min(1, filledShare),
        filled);
  }

  /** Waits for that event-second; whether it came in time. */
  private static boolean reaches(long second, int patienceSeconds, Running running) {
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(patienceSeconds);
    while (Progress.second() < second && System.nanoTime() < until) {
      pauseUntil(System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(50));
      running.check();
    }
    return Progress.second() >= second;
  }

  private static long heapBytes() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  private static void pauseFor(int seconds) {
    pauseUntil(System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds));
  }

  private static void pauseUntil(long nanoTime) {
    for (long left = nanoTime - System.nanoTime(); left > 0; left = nanoTime - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }
}
