package io.tidewatch.jobs.savepoint;

import static io.tidewatch.jobs.savepoint.WriteSavepoints.models;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidewatch.embedded.EmbeddedStack;
import io.tidewatch.jobs.RecomputedWindows;
import io.tidewatch.jobs.StoredWindows;
import io.tidewatch.jobs.backtest.Backtest;
import io.tidewatch.jobs.latency.LatencyFiles;
import io.tidewatch.jobs.telemetry.TelemetryFiles;
import io.tidewatch.schemas.codec.ApiLatencyCodec;
import io.tidewatch.schemas.codec.TelemetryCodec;
import io.tidewatch.schemas.derived.AlertEvent;
import io.tidewatch.schemas.event.ApiLatency;
import io.tidewatch.schemas.event.DeviceTelemetry;
import io.tidewatch.schemas.forest.ModelUpdate;
import io.tidewatch.schemas.model.TelemetryModel;
import io.tidewatch.schemas.model.TelemetryModels;
import io.tidewatch.schemas.model.WindowSpec;
import io.tidewatch.testkit.SharedStack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The jobs go on from the savepoints of all versions, as two subtasks, then four, then one, and
 * tell what a job tells that was never stopped.
 */
@ExtendWith(SharedStack.class)
class RestoredSavepointsITCase {
  private static final List<Integer> PARALLELISMS = List.of(2, 4, 1);
  private static final int SECONDS_EACH = 40;

  @TempDir Path folder;

  static List<SavepointFixture> telemetry() {
    return SavepointFixture.of("telemetry");
  }

  static List<SavepointFixture> latency() {
    return SavepointFixture.of("latency");
  }

  static List<SavepointFixture> anomaly() {
    return SavepointFixture.of("anomaly");
  }

  @ParameterizedTest
  @MethodSource("telemetry")
  void theTelemetryJobGoesOnInAnyParallelism(SavepointFixture fixture, EmbeddedStack stack)
      throws Exception {
    TelemetryModels models = models(fixture);
    TelemetryInput input = new TelemetryInput(models);
    FixtureSpace space = asItWas(stack, fixture, input);
    input.write(space, List.of(input.late()));
    goOn(space, fixture, input);

    List<DeviceTelemetry> all = input.records(0, secondsOf(input));
    Map<StoredWindows.Key, StoredWindows.Features> stored;
    try (Connection connection = space.database()) {
      stored = StoredWindows.features(connection);
    }
    for (TelemetryModel model : models.all()) {
      Map<StoredWindows.Key, StoredWindows.Features> ofModel = new HashMap<>(stored);
      ofModel.keySet().removeIf(key -> !key.series().startsWith(model.name() + "/"));
      RecomputedWindows.assertFeatures(
          ofModel,
          all.stream().filter(record -> record.model().equals(model.name())).toList(),
          model,
          SeededInput.toldMs(input.secondsBefore()));
    }
    assertThat(space.readJson("vectors"))
        .filteredOn(row -> row.get("model").textValue().equals("kiln"))
        .isNotEmpty()
        .allMatch(row -> row.get("scaler_version").asText().equals("v1"));
    assertThat(space.read("input.late")).as("late before, late after").hasSize(1);
    TelemetryCodec codec = new TelemetryCodec(models);
    Backtest.Result undisturbed =
        backtest()
            .telemetry(
                TelemetryFiles.load(space.loader(), space.config()),
                allRules(fixture),
                lines(all.stream().map(codec::encode)));
    assertAlerts(space, fixture, undisturbed.events().stream().map(AlertEvent::eventId).toList());
  }

  @ParameterizedTest
  @MethodSource("latency")
  void theLatencyJobGoesOnInAnyParallelism(SavepointFixture fixture, EmbeddedStack stack)
      throws Exception {
    LatencyInput input = new LatencyInput();
    FixtureSpace space = asItWas(stack, fixture, input);
    input.write(space, List.of(input.late()));
    goOn(space, fixture, input);

    List<ApiLatency> all = new ArrayList<>();
    for (ApiLatency request : input.records(0, secondsOf(input))) {
      all.add(request.endpoint().equals(LatencyInput.FOURTH) ? counted(request) : request);
    }
    try (Connection connection = space.database()) {
      RecomputedWindows.assertLatency(
          StoredWindows.latency(connection),
          all,
          new WindowSpec(Duration.ofSeconds(10), Duration.ofSeconds(1)),
          SeededInput.toldMs(input.secondsBefore()));
    }
    assertThat(space.read("input.late")).as("late before, late after").hasSize(1);
    ApiLatencyCodec codec = new ApiLatencyCodec();
    Backtest.Result undisturbed =
        backtest()
            .latency(
                LatencyFiles.load(space.loader(), space.config()),
                allRules(fixture),
                lines(all.stream().map(codec::encode)));
    assertAlerts(space, fixture, undisturbed.events().stream().map(AlertEvent::eventId).toList());
  }

  /** As it is counted: above the limit of its service. */
  private static ApiLatency counted(ApiLatency request) {
    return new ApiLatency(
        request.service(),
        "_other",
        request.method(),
        request.status(),
        request.durationMs(),
        request.eventTimeMs(),
        null);
  }

  @ParameterizedTest
  @MethodSource("anomaly")
  void theAnomalyJobGoesOnInAnyParallelism(SavepointFixture fixture, EmbeddedStack stack)
      throws Exception {
    AnomalyInput input = new AnomalyInput(models(fixture));
    FixtureSpace whole =
        new FixtureSpace(stack, fixture.space() + "-undisturbed", fixture.config());
    input.prepare(whole, fixture);
    input.write(whole, 0, secondsOf(input));
    JobID undisturbed = whole.start(input.builder(), null, 2);
    input.awaitRead(whole, undisturbed, secondsOf(input));
    whole.drain(undisturbed);
    List<JsonNode> expected = new ArrayList<>(whole.readJson("scores"));
    assertThat(expected).hasSize(AnomalyInput.SCORES_A_SECOND * secondsOf(input));
    long firstMs = AnomalyInput.endMs(input.secondsBefore());
    expected.removeIf(score -> score.get("window_end_ms").longValue() < firstMs);

    FixtureSpace space = asItWas(stack, fixture, input);
    for (String model : fixture.toldModels()) {
      int end = model.indexOf(' ');
      var message =
          new ProducerRecord<>(
              space.topic("models"),
              model.substring(0, end).getBytes(UTF_8),
              model.substring(end + 1).getBytes(UTF_8));
      message.headers().add(ModelUpdate.TOLD_BY_JOB, fixture.space().getBytes(UTF_8));
      space.write(List.of(message));
    }
    goOn(space, fixture, input);

    assertThat(space.readJson("scores")).containsExactlyInAnyOrderElementsOf(expected);
    assertThat(expected.stream().map(score -> score.get("model_version").asText()).distinct())
        .as("models of before and after the savepoint, and the detector")
        .hasSizeGreaterThan(2);
    try (Connection connection = space.database();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT count(*) FROM anomaly_scores")) {
      assertThat(row.next()).isTrue();
      assertThat(row.getInt(1)).isEqualTo(expected.size());
    }
    assertAlerts(space, fixture, whole.alertIds());
  }

  /** The topics as they were when the savepoint was written. */
  private static FixtureSpace asItWas(
      EmbeddedStack stack, SavepointFixture fixture, SeededInput input) {
    FixtureSpace space = new FixtureSpace(stack, fixture.space(), fixture.config());
    input.prepare(space, fixture);
    input.write(space, 0, input.secondsBefore());
    return space;
  }

  private static void goOn(FixtureSpace space, SavepointFixture fixture, SeededInput input) {
    String savepoint = fixture.uri();
    int second = input.secondsBefore();
    for (int i = 0; i < PARALLELISMS.size(); i++) {
      JobID job = space.start(input.builder(), savepoint, PARALLELISMS.get(i));
      input.write(space, second, SECONDS_EACH);
      input.awaitRead(space, job, SECONDS_EACH);
      second += SECONDS_EACH;
      if (i + 1 < PARALLELISMS.size()) {
        savepoint = space.stop(job);
      } else {
        space.drain(job);
      }
    }
  }

  private static int secondsOf(SeededInput input) {
    return input.secondsBefore() + PARALLELISMS.size() * SECONDS_EACH;
  }

  /** Each once: what was told before the savepoint is not told again. */
  private static void assertAlerts(
      FixtureSpace space, SavepointFixture fixture, List<String> undisturbed) {
    List<String> told = new ArrayList<>(fixture.toldAlerts());
    assertThat(told).as("before").isNotEmpty();
    assertThat(space.alertIds()).as("after").hasSizeGreaterThan(1);
    told.addAll(space.alertIds());
    assertThat(told).containsExactlyInAnyOrderElementsOf(undisturbed);
  }

  private Path allRules(SavepointFixture fixture) throws IOException {
    String both = fixture.rules() + fixture.toldRule().replaceFirst("groups:\n", "");
    return Files.writeString(folder.resolve("rules.yaml"), both);
  }

  private Path lines(Stream<byte[]> messages) throws IOException {
    return Files.write(
        folder.resolve("input.ndjson"),
        messages.map(message -> new String(message, UTF_8)).toList());
  }

  private static Backtest backtest() {
    Configuration here = new Configuration();
    return new Backtest(StreamExecutionEnvironment.getExecutionEnvironment(here), null, null);
  }
}
