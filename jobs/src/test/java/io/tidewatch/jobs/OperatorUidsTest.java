package io.tidewatch.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.jobs.config.YamlLoader;
import io.tidewatch.jobs.latency.LatencyJob;
import io.tidewatch.jobs.telemetry.TelemetryJob;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.runtime.OperatorIDPair;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * State is found by operator id. The checked-in list is a promise: a line that goes or changes
 * strands the state of everybody who runs the job, see CHANGELOG.
 */
class OperatorUidsTest {
  @TempDir Path folder;

  @Test
  void telemetryJobKeepsItsOperatorIds() throws IOException {
    assertThat(uids(TelemetryJob::build, "telemetry", ""))
        .isEqualTo(OperatorUids.promised("telemetry"));
  }

  @Test
  void sinksOfChoiceAddTheirOperatorIdsAndChangeNoOther() throws IOException {
    assertThat(
            uids(
                TelemetryJob::build,
                "telemetry",
                "sinks: {features: [timescale, tdengine, kafka, parquet], readings: [tdengine,"
                    + " parquet]}"))
        .isEqualTo(OperatorUids.promised("telemetry", "telemetry-more-sinks"));
    assertThat(
            uids(
                LatencyJob::build,
                "latency",
                "sinks: {windows: [timescale, tdengine, kafka, parquet]}"))
        .isEqualTo(OperatorUids.promised("latency", "latency-more-sinks"));
  }

  @Test
  void latencyJobKeepsItsOperatorIds() throws IOException {
    assertThat(uids(LatencyJob::build, "latency", "")).isEqualTo(OperatorUids.promised("latency"));
  }

  @Test
  void recordsAreAddedUpByTheTaskThatReadsThem() throws IOException {
    assertThat(task("latency-partials", graph(LatencyJob::build, "latency", "")))
        .contains("latency-source")
        .doesNotContain("latency-windows");
    assertThat(task("telemetry-partials", graph(TelemetryJob::build, "telemetry", "")))
        .contains("telemetry-source")
        .doesNotContain("telemetry-features");
  }

  /** The operators of the task that has this one. */
  private static List<String> task(String uid, StreamGraph graph) {
    return StreamSupport.stream(graph.getJobGraph().getVertices().spliterator(), false)
        .map(
            vertex ->
                vertex.getOperatorIDs().stream()
                    .map(OperatorIDPair::getUserDefinedOperatorUid)
                    .toList())
        .filter(uids -> uids.contains(uid))
        .findFirst()
        .orElseThrow();
  }

  private List<String> uids(JobUnderTest.Builder builder, String job, String sinks)
      throws IOException {
    StreamGraph graph = graph(builder, job, sinks);
    graph.getJobGraph(); // fails when an operator has no uid
    return OperatorUids.of(graph);
  }

  private StreamGraph graph(JobUnderTest.Builder builder, String job, String sinks)
      throws IOException {
    Configuration configuration = new Configuration();
    configuration.set(PipelineOptions.AUTO_GENERATE_UIDS, false);
    configuration.set(PipelineOptions.GENERIC_TYPES, false);
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.getExecutionEnvironment(configuration);
    builder.build(env, new YamlLoader(Map.<String, String>of()::get), config(job, sinks));
    return env.getStreamGraph();
  }

  /** The shipped configuration, without asking a database for its tables. */
  private Path config(String job, String sinks) throws IOException {
    String text =
        """
        alerting: {rules: %s, rules_topic: ""}
        postgres: {migrate: false, url: "jdbc:postgresql://127.0.0.1:1/none"}
        tdengine: {migrate: false}
        parquet: {path: %s}
        %s
        %s
        """
            .formatted(
                JobUnderTest.shipped("rules/" + job + ".yaml"),
                folder.resolve("parquet"),
                sinks,
                job.equals("telemetry") ? "models: " + JobUnderTest.shipped("models") : "");
    return Files.writeString(folder.resolve(job + ".yaml"), text);
  }
}
