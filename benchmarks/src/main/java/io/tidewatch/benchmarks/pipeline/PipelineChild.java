package io.tidewatch.benchmarks.pipeline;

import com.sun.management.OperatingSystemMXBean;
import io.tidewatch.benchmarks.ChildProcess;
import io.tidewatch.embedded.EmbeddedFlink;
import io.tidewatch.embedded.InProcessMetrics;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** One run: Flink alone is in this process, so its processor time is that of the job. */
public final class PipelineChild {
  static final Duration CHECKPOINT_EVERY = Duration.ofSeconds(10);
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /** Each look goes through all metrics of the job, in the process whose time is measured. */
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private static final double NANOS = 1e9;

  private static final OperatingSystemMXBean OS =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

  private PipelineChild() {}

  /** One argument: a {@link PipelineOrder} as JSON. */
  public static void main(String[] args) {
    ChildProcess.answer(args, PipelineOrder.class, PipelineChild::run);
  }

  private static PipelineResult run(PipelineOrder order) throws Exception {
    double load = OS.getSystemLoadAverage();
    Path file = JobFiles.write(order);
    EmbeddedFlink flink = EmbeddedFlink.start(Path.of(order.folder()), 1, settings());
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.getExecutionEnvironment(flink.configuration());
    StageJobs.build(order.spec(), env, file);
    JobID job = flink.submit(env);
    flink.awaitRunning(job, PATIENCE);
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(order.patienceSeconds());

    String source = StageJobs.source(order.spec());

    long before = awaitRead(order.warmUpRecords(), flink, job, source, until);
    OS.getCpuLoad(); // the next call tells the average since this one
    long wall = System.nanoTime();
    long cpu = OS.getProcessCpuTime();
    long after = awaitRead(order.records(), flink, job, source, until);
    cpu = OS.getProcessCpuTime() - cpu;
    wall = System.nanoTime() - wall;
    double busy = OS.getCpuLoad() * OS.getAvailableProcessors();

    return new PipelineResult(
        order.spec(),
        after - before,
        wall / NANOS,
        cpu / NANOS,
        Math.max(0, busy - (double) cpu / wall),
        load,
        (long) InProcessMetrics.sum(job, "tidewatch.rejected_total"),
        (long) InProcessMetrics.sum(job, "tidewatch.late_total"),
        (long) InProcessMetrics.sum(job, "tidewatch.windows_total"));
  }

  /** Waits until so many messages have left the source; how many it were then. */
  private static long awaitRead(
      long records, EmbeddedFlink flink, JobID job, String source, long untilNanos) {
    for (long read = read(job, source); ; read = read(job, source)) {
      if (read >= records) {
        return read;
      }
      JobStatus status = flink.status(job);
      if (status != JobStatus.RUNNING) {
        throw new IllegalStateException(
            "the job is " + status, flink.failureCause(job).orElse(null));
      }
      if (System.nanoTime() > untilNanos) {
        throw new IllegalStateException("read %d of %d messages in time".formatted(read, records));
      }
      LockSupport.parkNanos(LOOK_NANOS);
    }
  }

  private static long read(JobID job, String source) {
    return (long) InProcessMetrics.sum(job, source, "numRecordsIn");
  }

  /** As {@code flink-conf/config.yaml} ships them, with one subtask each. */
  private static Configuration settings() {
    Configuration settings = new Configuration();
    settings.set(CoreOptions.DEFAULT_PARALLELISM, 1);
    settings.set(StateBackendOptions.STATE_BACKEND, "hashmap");
    settings.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, CHECKPOINT_EVERY);
    settings.set(PipelineOptions.OBJECT_REUSE, true);
    settings.set(PipelineOptions.GENERIC_TYPES, false);
    settings.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
    return settings;
  }
}
