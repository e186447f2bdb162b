package io.tidewatch.benchmarks.variant;

import io.tidewatch.embedded.EmbeddedFlink;
import io.tidewatch.embedded.InProcessMetrics;
import java.time.Duration;
import java.util.function.Function;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;

/** A job on a cluster of its own in this JVM. */
public final class FlinkRun implements Running {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /** For RocksDB: what a TaskManager with a heap of 512 MB has by Flink's defaults. */
  public static final MemorySize MANAGED = MemorySize.ofMebiBytes(512);

  private static final String SINK = "discard";

  private final EmbeddedFlink flink;
  private final JobID job;

  private FlinkRun(EmbeddedFlink flink, JobID job) {
    this.flink = flink;
    this.job = job;
  }

  /**
   * @param job whose results are thrown away
   */
  public static FlinkRun start(
      Function<StreamExecutionEnvironment, DataStream<?>> job, Setting setting) {
    EmbeddedFlink flink =
        EmbeddedFlink.start(setting.folder(), setting.parallelism(), settings(setting));
    try {
      StreamExecutionEnvironment env =
          StreamExecutionEnvironment.getExecutionEnvironment(flink.configuration());
      discard(job.apply(env));
      JobID id = flink.submit(env);
      flink.awaitRunning(id, PATIENCE);
      return new FlinkRun(flink, id);
    } catch (RuntimeException e) {
      flink.close();
      throw e;
    }
  }

  private static <T> void discard(DataStream<T> results) {
    results.sinkTo(new DiscardingSink<>()).name(SINK);
  }

  private static Configuration settings(Setting setting) {
    Configuration settings = new Configuration();
    settings.set(CoreOptions.DEFAULT_PARALLELISM, setting.parallelism());
    settings.set(StateBackendOptions.STATE_BACKEND, setting.backend());
    if (!setting.checkpointEvery().isZero()) {
      settings.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, setting.checkpointEvery());
    }
    settings.set(CheckpointingOptions.TOLERABLE_FAILURE_NUMBER, Integer.MAX_VALUE);
    settings.set(PipelineOptions.OBJECT_REUSE, true);
    settings.set(PipelineOptions.GENERIC_TYPES, false);
    settings.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
    if (setting.backend().equals(Setting.DISK)) {
      settings.set(CheckpointingOptions.INCREMENTAL_CHECKPOINTS, true);
      settings.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MANAGED);
      settings.setString("state.backend.rocksdb.metrics.estimate-num-keys", "true");
      settings.setString("state.backend.rocksdb.metrics.live-sst-files-size", "true");
    }
    return settings;
  }

  /** Writes a canonical savepoint, behind all that the sources have emitted; returns its URI. */
  public String savepoint(Duration timeout) {
    return flink.triggerSavepoint(job, timeout);
  }

  /** A gauge or counter of the job, added up over its operators. */
  public double metric(String name) {
    return InProcessMetrics.sum(job, name);
  }

  /** The watermark up to which every window has fired; of a job with parallelism 1. */
  public long watermarkMs() {
    return (long) InProcessMetrics.sum(job, SINK + ": Writer", "currentInputWatermark");
  }

  @Override
  public long results() {
    return (long) InProcessMetrics.sum(job, SINK + ": Writer", "numRecordsIn");
  }

  @Override
  public Checkpoints checkpoints() {
    return new Checkpoints(
        (long) InProcessMetrics.sum(job, "numberOfCompletedCheckpoints"),
        (long) InProcessMetrics.sum(job, "numberOfFailedCheckpoints"),
        Math.max(0, (long) InProcessMetrics.sum(job, "lastCheckpointFullSize")),
        Math.max(0, (long) InProcessMetrics.sum(job, "lastCheckpointDuration")));
  }

  @Override
  public void check() {
    JobStatus status = flink.status(job);
    if (status != JobStatus.RUNNING) {
      throw new IllegalStateException("the job is " + status, flink.failureCause(job).orElse(null));
    }
  }
}
