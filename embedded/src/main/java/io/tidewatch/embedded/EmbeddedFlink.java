package io.tidewatch.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.StreamSupport;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.api.common.JobSubmissionResult;
import org.apache.flink.api.common.time.Deadline;
import org.apache.flink.client.deployment.executors.PipelineExecutorUtils;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.execution.ExecutionState;
import org.apache.flink.runtime.executiongraph.AccessExecutionGraph;
import org.apache.flink.runtime.executiongraph.ErrorInfo;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.runtime.scheduler.ExecutionGraphInfo;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.concurrent.FutureUtils;
import org.apache.flink.util.concurrent.ScheduledExecutorServiceAdapter;

/**
 * A Flink cluster in this JVM: a job manager with the web UI, and one task manager.
 *
 * <p>A job is built on {@code StreamExecutionEnvironment.getExecutionEnvironment(configuration())}
 * and handed to {@link #submit}. Its metrics are read through {@link InProcessMetrics}.
 */
public final class EmbeddedFlink implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);

  private final MiniCluster cluster;
  private final Configuration configuration;
  private final String webUrl;
  private final Path savepoints;
  private final ScheduledExecutorService looks =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            var thread = new Thread(task, "embedded-flink-looks");
            thread.setDaemon(true);
            return thread;
          });
  private int taskManager;

  private EmbeddedFlink(MiniCluster cluster, Configuration configuration, Path savepoints) {
    this.cluster = cluster;
    this.configuration = configuration;
    this.savepoints = savepoints;
    this.webUrl = await(cluster.getRestAddress(), PATIENCE).toString();
  }

  /**
   * Starts with checkpoints, savepoints and temporary files below {@code dir}.
   *
   * @param slots how many parallel subtasks of a job find room
   * @param overrides Flink configuration that wins over what is chosen here
   */
  public static EmbeddedFlink start(Path dir, int slots, Configuration overrides) {
    Path home = dir.toAbsolutePath();
    Path savepoints = home.resolve("savepoints");
    try {
      Files.createDirectories(savepoints);
      Files.createDirectories(home.resolve("checkpoints"));
      Files.createDirectories(home.resolve("tmp"));
    } catch (IOException e) {
      throw new UncheckedIOException("Flink cannot write to " + home, e);
    }
    InProcessMetrics.forgetEnded();
    var configuration = EmbeddedFlinkSettings.below(home, overrides);
    var cluster =
        new MiniCluster(
            new MiniClusterConfiguration.Builder()
                .setConfiguration(new Configuration(configuration))
                .setNumTaskManagers(1)
                .setNumSlotsPerTaskManager(slots)
                .build());
    try {
      cluster.start();
      return new EmbeddedFlink(cluster, configuration, savepoints);
    } catch (Exception e) {
      var failure = new IllegalStateException("Flink did not start on " + home, e);
      try {
        await(cluster.closeAsync(), PATIENCE);
      } catch (IllegalStateException alsoFailed) {
        failure.addSuppressed(alsoFailed);
      }
      throw failure;
    }
  }

  /** Where a browser finds the web UI, and a client the REST API. */
  public String webUrl() {
    return webUrl;
  }

  /** A copy of the cluster's configuration, to build an environment from. */
  public Configuration configuration() {
    return new Configuration(configuration);
  }

  /**
   * Starts the job which the environment holds and returns at once. To resume from a savepoint, set
   * {@code execution.state-recovery.path} in the environment's configuration.
   */
  public JobID submit(StreamExecutionEnvironment env) {
    try {
      var settings = Configuration.fromMap(env.getConfiguration().toMap());
      var graph = PipelineExecutorUtils.getStreamGraph(env.getStreamGraph(), settings);
      graph.serializeUserDefinedInstances();
      return await(cluster.submitJob(graph).thenApply(JobSubmissionResult::getJobID), PATIENCE);
    } catch (IllegalStateException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException("The job cannot be submitted", e);
    }
  }

  public JobStatus status(JobID job) {
    return await(cluster.getJobStatus(job), PATIENCE);
  }

  /** How often the job, or a region of it, was started anew after a failure. */
  public int restarts(JobID job) {
    return (int) InProcessMetrics.sum(job, "numRestarts");
  }

  /** Waits until the job has been started anew that often. */
  public void awaitRestarts(JobID job, int count, Duration timeout) {
    await(
        () -> CompletableFuture.completedFuture(restarts(job)),
        restarts -> restarts >= count,
        timeout,
        count + " restarts of the job " + job);
  }

  /** What the job last failed of, whether it recovered or not. */
  public Optional<Throwable> failureCause(JobID job) {
    var info = await(cluster.getExecutionGraphInfo(job), PATIENCE);
    var ofJob = Optional.ofNullable(info.getArchivedExecutionGraph().getFailureInfo());
    return ofJob
        .or(() -> latestOf(info))
        .map(ErrorInfo::getException)
        .map(error -> error.deserializeError(EmbeddedFlink.class.getClassLoader()));
  }

  /**
   * Waits until every subtask runs (or has already finished); a job that ends badly is an error.
   */
  public void awaitRunning(JobID job, Duration timeout) {
    var graph =
        await(
            () -> cluster.getExecutionGraph(job).thenApply(g -> g),
            g -> g.getState().isGloballyTerminalState() || allRunning(g),
            timeout,
            "the job " + job + " to run");
    refuseUnless(
        graph.getState() == JobStatus.RUNNING || graph.getState() == JobStatus.FINISHED,
        job,
        graph.getState());
  }

  /** Waits until the job has ended, in whichever way, and says how. */
  public JobStatus awaitEnd(JobID job, Duration timeout) {
    return await(
        () -> cluster.getJobStatus(job),
        JobStatus::isGloballyTerminalState,
        timeout,
        "the job " + job + " to end");
  }

  /** Waits until the job runs, writes a savepoint while it runs on, and returns its path. */
  public String triggerSavepoint(JobID job, Duration timeout) {
    var deadline = Deadline.fromNow(timeout);
    awaitRunning(job, deadline.timeLeft());
    return await(
        cluster.triggerSavepoint(
            job, savepoints.toUri().toString(), false, SavepointFormatType.CANONICAL),
        deadline.timeLeft());
  }

  /**
   * Waits until the job runs, ends event time, so that every window fires, writes a savepoint and
   * stops the job; returns the savepoint's path when the job has finished.
   */
  public String stopWithDrain(JobID job, Duration timeout) {
    return stop(job, true, timeout);
  }

  /** The same without an end of event time: the job tells nothing behind the savepoint. */
  public String stop(JobID job, Duration timeout) {
    return stop(job, false, timeout);
  }

  private String stop(JobID job, boolean drain, Duration timeout) {
    var deadline = Deadline.fromNow(timeout);
    awaitRunning(job, timeout);
    String savepoint =
        await(
            cluster.stopWithSavepoint(
                job, savepoints.toUri().toString(), drain, SavepointFormatType.CANONICAL),
            deadline.timeLeft());
    var end = awaitEnd(job, deadline.timeLeft());
    refuseUnless(end == JobStatus.FINISHED, job, end);
    return savepoint;
  }

  /** Cancels the job and returns when it has ended. */
  public void cancel(JobID job) {
    await(cluster.cancelJob(job), PATIENCE);
    awaitEnd(job, PATIENCE);
  }

  /** Ends the task manager under whatever runs on it, and starts a fresh one with as many slots. */
  public synchronized void replaceTaskManager() {
    await(cluster.terminateTaskManager(taskManager), PATIENCE);
    try {
      cluster.startTaskManager();
      taskManager++;
    } catch (Exception e) {
      throw new IllegalStateException("No new task manager could be started", e);
    }
  }

  /** Ends all jobs as failures of the cluster would; their savepoints and checkpoints stay. */
  @Override
  public void close() {
    looks.shutdownNow();
    await(cluster.closeAsync(), PATIENCE);
  }

  private void refuseUnless(boolean fine, JobID job, JobStatus status) {
    if (!fine) {
      throw new IllegalStateException(
          "The job " + job + " is " + status, failureCause(job).orElse(null));
    }
  }

  private static boolean allRunning(AccessExecutionGraph graph) {
    return graph.getState() == JobStatus.RUNNING
        && StreamSupport.stream(graph.getAllExecutionVertices().spliterator(), false)
            .allMatch(
                vertex ->
                    vertex.getExecutionState() == ExecutionState.RUNNING
                        || vertex.getExecutionState() == ExecutionState.FINISHED);
  }

  private static Optional<ErrorInfo> latestOf(ExecutionGraphInfo info) {
    return StreamSupport.stream(info.getExceptionHistory().spliterator(), false)
        .<ErrorInfo>map(entry -> entry)
        .max((one, other) -> Long.compare(one.getTimestamp(), other.getTimestamp()));
  }

  /** Asks again and again until the answer is accepted. */
  private <T> T await(
      Supplier<CompletableFuture<T>> question,
      Predicate<T> accepted,
      Duration timeout,
      String what) {
    try {
      return await(
          FutureUtils.retrySuccessfulWithDelay(
              question,
              BETWEEN_LOOKS,
              Deadline.fromNow(timeout),
              accepted,
              new ScheduledExecutorServiceAdapter(looks)),
          timeout);
    } catch (IllegalStateException e) {
      throw new IllegalStateException("Waited for " + what + " in vain for " + timeout, e);
    }
  }

  private static <T> T await(CompletableFuture<T> future, Duration timeout) {
    try {
      return future.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } catch (TimeoutException e) {
      throw new IllegalStateException("No answer within " + timeout, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
