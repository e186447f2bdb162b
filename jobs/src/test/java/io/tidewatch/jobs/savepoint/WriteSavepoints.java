package io.tidewatch.jobs.savepoint;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.embedded.EmbeddedStack;
import io.tidewatch.jobs.config.ModelFiles;
import io.tidewatch.jobs.config.YamlLoader;
import io.tidewatch.schemas.model.TelemetryModels;
import io.tidewatch.testkit.SharedStack;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.flink.api.common.JobID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Writes the savepoints of this version; run by hand, see CONTRIBUTING. Those of a released version
 * are never written again.
 */
@ExtendWith(SharedStack.class)
class WriteSavepoints {
  private static final String SNAPSHOT = "-SNAPSHOT";
  private static final int PARALLELISM = 2;

  @Test
  void ofTheTelemetryJob(EmbeddedStack stack) throws IOException {
    SavepointFixture fixture = ofThisVersion("telemetry");
    write(stack, fixture, new TelemetryInput(models(fixture)));
  }

  @Test
  void ofTheLatencyJob(EmbeddedStack stack) throws IOException {
    write(stack, ofThisVersion("latency"), new LatencyInput());
  }

  @Test
  void ofTheAnomalyJob(EmbeddedStack stack) throws IOException {
    SavepointFixture fixture = ofThisVersion("anomaly");
    write(stack, fixture, new AnomalyInput(models(fixture)));
  }

  static TelemetryModels models(SavepointFixture fixture) {
    return ModelFiles.load(YamlLoader.ofProcess(), fixture.folder().resolve("models"));
  }

  private static SavepointFixture ofThisVersion(String job) {
    String version = System.getProperty("tidewatch.version");
    SavepointFixture fixture = new SavepointFixture(version.replace(SNAPSHOT, ""), job);
    assertThat(fixture.config()).as("copied from the version before").exists();
    assertThat(version.endsWith(SNAPSHOT) || !Files.exists(fixture.metadata()))
        .as("%s is released, its savepoints stay", version)
        .isTrue();
    return fixture;
  }

  private static void write(EmbeddedStack stack, SavepointFixture fixture, SeededInput input)
      throws IOException {
    FixtureSpace space = new FixtureSpace(stack, fixture.space(), fixture.config());
    input.prepare(space, fixture);
    input.write(space, 0, input.secondsBefore());
    JobID job = space.start(input.builder(), null, PARALLELISM);
    input.awaitRead(space, job, input.secondsBefore());
    input.awaitTold(space);
    Path savepoint = Path.of(URI.create(space.stop(job)));
    try (Stream<Path> files = Files.list(savepoint)) {
      assertThat(files).as("one file, which can be anywhere").hasSize(1);
    }
    fixture.keep(
        savepoint,
        space.alertIds(),
        space.read("models").stream().map(WriteSavepoints::line).toList());
  }

  private static String line(ConsumerRecord<byte[], byte[]> message) {
    List<String> lines = new String(message.value(), UTF_8).lines().toList();
    return new String(message.key(), UTF_8) + " " + String.join("", lines);
  }
}
