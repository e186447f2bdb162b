package io.tidewatch.benchmarks.variant;

import io.tidewatch.benchmarks.workload.Workload;
import io.tidewatch.embedded.EmbeddedFlink;
import io.tidewatch.embedded.InProcessMetrics;
import java.time.Duration;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;

/** A job on a cluster of its own in this JVM. */
final class FlinkRun implements Running {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final String SINK = "discard";

  private final EmbeddedFlink flink;
  private final JobID job;

  private FlinkRun(EmbeddedFlink flink, JobID job) {
    this.flink = flink;
    this.job = job;
  }

  static FlinkRun start(FlinkVariant variant, Workload workload, Setting setting) {
    EmbeddedFlink flink =
        EmbeddedFlink.start(setting.folder(), setting.parallelism(), settings(setting));
    try {
      StreamExecutionEnvironment env =
          StreamExecutionEnvironment.getExecutionEnvironment(flink.configuration());
      discard(variant.define(env, workload));
      JobID job = flink.submit(env);
      flink.awaitRunning(job, PATIENCE);
      return new FlinkRun(flink, job);
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
    settings.set(StateBackendOptions.STATE_BACKEND, "hashmap");
    settings.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, setting.checkpointEvery());
    settings.set(CheckpointingOptions.TOLERABLE_FAILURE_NUMBER, Integer.MAX_VALUE);
    settings.set(PipelineOptions.OBJECT_REUSE, true);
    settings.set(PipelineOptions.GENERIC_TYPES, false);
    settings.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
    return settings;
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
