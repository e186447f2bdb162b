package io.tidewatch.jobs.savepoint;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidewatch.jobs.JobUnderTest;
import io.tidewatch.jobs.config.ConfigException;
import io.tidewatch.jobs.config.YamlLoader;
import io.tidewatch.jobs.latency.LatencyJob;
import io.tidewatch.jobs.submit.StartingState;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.runtime.checkpoint.Checkpoints;
import org.apache.flink.runtime.checkpoint.OperatorState;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.checkpoint.metadata.CheckpointMetadata;
import org.apache.flink.runtime.jobgraph.OperatorID;
import org.apache.flink.runtime.state.OperatorStreamStateHandle;
import org.apache.flink.runtime.state.filesystem.FileStateHandle;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** State that a job cannot go on from is refused where the job is submitted, by its names. */
class RefusedStateTest {
  private static final String VERSION = "0.1.0";
  private static final String OTHER_VERSION =
      "; start the version that wrote it; or end that job with stop --drain and start this one"
          + " without state and with input.start: committed";

  @TempDir Path folder;
  private Configuration flink;

  @BeforeEach
  void makeConfiguration() {
    flink = new Configuration();
    flink.set(CoreOptions.DEFAULT_PARALLELISM, 2);
    flink.set(PipelineOptions.AUTO_GENERATE_UIDS, false);
  }

  @Test
  void takesStateThatFits() {
    assertThatCode(() -> goOnFrom("latency", same -> same)).doesNotThrowAnyException();
  }

  @Test
  void namesTheOperatorThatIsGoneAndWhatItHolds() {
    assertRefused(
        "telemetry",
        same -> same,
        "operator 'telemetry-",
        "' must be in the job, its state (",
        "; start the version and configuration that wrote it, or give that state up with"
            + " --allowNonRestoredState");
    flink.set(StateRecoveryOptions.SAVEPOINT_IGNORE_UNCLAIMED_STATE, true);
    assertThatCode(() -> goOnFrom("telemetry", same -> same)).doesNotThrowAnyException();
  }

  @Test
  void saysWhichMaxParallelismItMustBe() {
    flink.set(PipelineOptions.MAX_PARALLELISM, 64);
    assertRefused(
        "latency",
        same -> same,
        "operator 'latency-",
        "' must have a max parallelism of 128, as its state (",
        ", was 64; set pipeline.max-parallelism: 128");
  }

  @Test
  void saysWhenThereAreMoreSubtasksThanTheStateHasRoomFor() {
    flink.set(CoreOptions.DEFAULT_PARALLELISM, 129);
    assertRefused(
        "latency",
        same -> same,
        "' must have a parallelism of at most 128, the max parallelism of its state (",
        ", was 129; start it with -p 128 or less");
  }

  @Test
  void refusesAFormatThatIsNewerThanThisVersion() {
    assertRefused(
        "latency",
        bytes ->
            bytes.replace(
                "LatencyPanesSerializer$Snapshot\0\0\0\4\0\0\0\1",
                "LatencyPanesSerializer$Snapshot\0\0\0\4\0\0\0\11"),
        "operator 'latency-windows', state 'panes' in ",
        " must be readable by this version, is not (LatencyPanesSerializer: format must be ≤ 2,"
            + " the newest that this version knows, was 9)",
        OTHER_VERSION);
  }

  @Test
  void refusesRecordsOfOtherFields() {
    // as if the times in it had been bytes
    assertRefused(
        "latency",
        bytes ->
            bytes.replace(
                "LongSerializer$LongSerializerSnapshot", "ByteSerializer$ByteSerializerSnapshot"),
        "operator 'latency-alerts', state 'alerts' in ",
        " must be readable by this version, is not (its records have other fields today)",
        OTHER_VERSION);
  }

  @Test
  void refusesKeysOfAnotherClass() {
    assertRefused(
        "latency",
        bytes -> bytes.replace("quantile.EndpointKey", "quantile.EndpointAge"),
        "operator 'latency-",
        "EndpointAge",
        OTHER_VERSION);
  }

  @Test
  void leavesStateThatIsOutOfReachToFlink() {
    flink.set(StateRecoveryOptions.SAVEPOINT_PATH, folder.resolve("absent").toUri().toString());
    assertThatCode(this::submit).doesNotThrowAnyException();
  }

  @Test
  void leavesStateInAFileThatIsOutOfReachToFlink() throws IOException {
    String absent = folder.resolve("absent").toUri().toString();
    OperatorState windows = new OperatorState(null, "latency-windows", new OperatorID(), 2, 128);
    windows.putState(
        0,
        OperatorSubtaskState.builder()
            .setManagedOperatorState(
                new OperatorStreamStateHandle(
                    Map.of(), new FileStateHandle(new org.apache.flink.core.fs.Path(absent), 9)))
            .build());
    try (OutputStream metadata = Files.newOutputStream(folder.resolve("_metadata"))) {
      Checkpoints.storeCheckpointMetadata(
          new CheckpointMetadata(1, List.of(windows), List.of()), metadata);
    }
    flink.set(StateRecoveryOptions.SAVEPOINT_PATH, folder.toUri().toString());
    assertThatCode(this::submit).doesNotThrowAnyException();
  }

  private void assertRefused(String job, UnaryOperator<String> change, String... parts) {
    assertThatThrownBy(() -> goOnFrom(job, change))
        .isInstanceOf(ConfigException.class)
        .hasMessageStartingWith("tidewatch-latency: operator '")
        .hasMessageContainingAll(parts)
        .hasMessageNotContaining("\n");
  }

  /**
   * Submits the latency job, to go on from a savepoint of any job.
   *
   * @param change of its bytes, a character each
   */
  private void goOnFrom(String job, UnaryOperator<String> change) throws IOException {
    Path fixture = new SavepointFixture(VERSION, job).metadata();
    String bytes = Files.readString(fixture, ISO_8859_1);
    Path savepoint = Files.createDirectories(folder.resolve("savepoint"));
    Files.writeString(savepoint.resolve("_metadata"), change.apply(bytes), ISO_8859_1);
    flink.set(StateRecoveryOptions.SAVEPOINT_PATH, savepoint.toUri().toString());
    submit();
  }

  private void submit() throws IOException {
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(flink);
    Path config =
        Files.writeString(
            folder.resolve("latency.yaml"),
            ("alerting: {rules: %s, rules_topic: \"\"}\npostgres: {migrate: false, url:"
                    + " \"jdbc:postgresql://127.0.0.1:1/none\"}\n")
                .formatted(JobUnderTest.shipped("rules/latency.yaml")));
    LatencyJob.build(env, new YamlLoader(Map.<String, String>of()::get), config);
    StartingState.require(LatencyJob.NAME, env);
    assertThat(env.getStreamGraph().getStreamNodes()).as("still there").isNotEmpty();
  }
}
