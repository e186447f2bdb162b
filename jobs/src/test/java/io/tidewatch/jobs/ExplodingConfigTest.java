package io.tidewatch.jobs;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidewatch.jobs.config.ConfigException;
import io.tidewatch.jobs.config.YamlLoader;
import io.tidewatch.jobs.latency.LatencyJob;
import io.tidewatch.jobs.telemetry.TelemetryJob;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A job whose state would explode does not start; it has not even asked for the database. */
class ExplodingConfigTest {
  @TempDir Path folder;

  @Test
  void latencyJobRefusesAWindowOfTooManyPanes() throws IOException {
    assertRefused(
        LatencyJob::build,
        "latency",
        "window: {size: PT24H, slide: PT1S}",
        "latency.yaml: window.slide: must be ≥ PT8.64S (size PT24H / 10000), was PT1S");
  }

  @Test
  void telemetryJobRefusesALatenessThatKeepsTooManyPanesAndNamesTheModel() throws IOException {
    assertRefused(
        TelemetryJob::build,
        "telemetry",
        "models: " + JobUnderTest.shipped("models") + "\nevent_time: {allowed_lateness: P300D}",
        "cache.yaml: window: must need at most 64.0 MiB of heap a key, was ");
  }

  private void assertRefused(JobUnderTest.Builder builder, String job, String yaml, String error)
      throws IOException {
    Path file =
        Files.writeString(
            folder.resolve(job + ".yaml"),
            """
            alerting: {rules: %s}
            postgres: {migrate: true, url: "jdbc:postgresql://unreachable.invalid/none"}
            %s
            """
                .formatted(JobUnderTest.shipped("rules/" + job + ".yaml"), yaml));

    assertThatThrownBy(
            () ->
                builder.build(
                    StreamExecutionEnvironment.getExecutionEnvironment(),
                    new YamlLoader(Map.<String, String>of()::get),
                    file))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(error)
        .hasMessageNotContaining("\n");
  }
}
