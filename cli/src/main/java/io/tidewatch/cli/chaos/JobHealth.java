package io.tidewatch.cli.chaos;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidewatch.testkit.FlinkProcesses;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/**
 * What the present JobManager has counted of jobs since it has them: of each count that of the job
 * that is worst off.
 *
 * @param slowestCheckpointSeconds of those that were completed, from trigger to end
 */
record JobHealth(int restarts, int failedCheckpoints, double slowestCheckpointSeconds) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** A JobManager that has just been started collects what it is asked for. */
  private static final Duration PATIENCE = Duration.ofMinutes(20);

  /** Nothing was looked at. */
  static JobHealth unknown() {
    return new JobHealth(0, 0, 0);
  }

  /**
   * @param jobs ids
   */
  static JobHealth of(FlinkProcesses flink, List<String> jobs) {
    JobHealth worst = unknown();
    for (String job : jobs) {
      worst =
          worst.worse(
              await("what the JobManager tells of " + job)
                  .atMost(PATIENCE)
                  .pollInterval(Duration.ofSeconds(1))
                  .ignoreExceptions()
                  .until(() -> of(flink, job), health -> health.restarts() >= 0));
    }
    return worst;
  }

  /** Restarts below 0 as long as the JobManager has not collected them. */
  private static JobHealth of(FlinkProcesses flink, String job) throws IOException {
    JsonNode metrics = JSON.readTree(flink.get("/jobs/" + job + "/metrics?get=numRestarts"));
    JsonNode checkpoints = JSON.readTree(flink.get("/jobs/" + job + "/checkpoints"));
    return new JobHealth(
        metrics.path(0).path("value").asInt(-1),
        checkpoints.path("counts").path("failed").asInt(),
        checkpoints.path("summary").path("end_to_end_duration").path("max").asDouble() / 1000);
  }

  private JobHealth worse(JobHealth other) {
    return new JobHealth(
        Math.max(restarts, other.restarts),
        Math.max(failedCheckpoints, other.failedCheckpoints),
        Math.max(slowestCheckpointSeconds, other.slowestCheckpointSeconds));
  }
}
