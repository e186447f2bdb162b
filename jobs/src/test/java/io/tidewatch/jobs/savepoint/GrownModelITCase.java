package io.tidewatch.jobs.savepoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidewatch.embedded.EmbeddedStack;
import io.tidewatch.jobs.RecomputedWindows;
import io.tidewatch.jobs.StoredWindows;
import io.tidewatch.jobs.config.ConfigException;
import io.tidewatch.jobs.config.ModelFiles;
import io.tidewatch.jobs.config.YamlLoader;
import io.tidewatch.schemas.codec.TelemetryCodec;
import io.tidewatch.schemas.event.DeviceTelemetry;
import io.tidewatch.schemas.model.TelemetryModels;
import io.tidewatch.testkit.SharedStack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.flink.api.common.JobID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A model is given other fields while its job is stopped with a savepoint. */
@ExtendWith(SharedStack.class)
class GrownModelITCase {
  private static final String MODEL = "kiln";
  private static final int SECONDS_AFTER = 40;

  private static final String HEAD =
      """
      name: kiln
      description: Windows by time, sums
      unknown_fields: reject
      out_of_range: missing
      window: {size: PT10S, slide: PT1S}
      fields:""";

  private static final String TEMPERATURE =
      "  - {name: temperature_celsius, unit: Cel, valid_range: [0, 500]}";
  private static final String PRESSURE =
      "  - {name: pressure_bar, unit: bar, valid_range: [0, 10]}";
  private static final String OXYGEN =
      "  - {name: oxygen_percent, unit: '%', valid_range: [0, 100]}";

  private final SavepointFixture fixture = SavepointFixture.of("telemetry").get(0);
  @TempDir Path folder;

  @Test
  void goesOnWithAFurtherFieldAndNotWithFieldsInOtherPlaces(EmbeddedStack stack) throws Exception {
    TelemetryInput input = new TelemetryInput(WriteSavepoints.models(fixture));
    FixtureSpace before = new FixtureSpace(stack, "grown-model", fixture.config());
    input.prepare(before, fixture);
    input.write(before, 0, input.secondsBefore());
    JobID job = before.start(input.builder(), null, 2);
    input.awaitRead(before, job, input.secondsBefore());
    String savepoint = before.stop(job);

    FixtureSpace swapped =
        before.with(configuration("swapped", List.of(HEAD, PRESSURE, TEMPERATURE)));
    assertThatThrownBy(() -> swapped.start(input.builder(), savepoint, 2))
        .isInstanceOf(ConfigException.class)
        .hasMessageStartingWith(
            "tidewatch-telemetry: model 'kiln': fields must begin with [temperature_celsius,"
                + " pressure_bar], as in the state to go on from, were [pressure_bar,"
                + " temperature_celsius]; ");

    FixtureSpace after =
        before.with(configuration("grown", List.of(HEAD, TEMPERATURE, PRESSURE, OXYGEN)));
    TelemetryModels grown =
        ModelFiles.load(YamlLoader.ofProcess(), folder.resolve("grown").resolve("models"));
    List<DeviceTelemetry> further =
        withField(input.records(input.secondsBefore(), SECONDS_AFTER), true);
    TelemetryCodec codec = new TelemetryCodec(grown);
    after.write("input", further.stream().map(codec::encode).toList());
    job = after.start(input.builder(), savepoint, 2);
    input.awaitRead(after, job, SECONDS_AFTER);
    after.drain(job);

    List<DeviceTelemetry> all =
        new ArrayList<>(withField(input.records(0, input.secondsBefore()), false));
    all.addAll(further);
    Map<StoredWindows.Key, StoredWindows.Features> stored;
    try (Connection connection = after.database()) {
      stored = StoredWindows.features(connection);
    }
    stored.keySet().removeIf(key -> !key.series().startsWith(MODEL + "/"));
    stored.keySet().removeIf(key -> key.endMs() <= SeededInput.toldMs(input.secondsBefore()));
    RecomputedWindows.assertFeatures(
        stored,
        all.stream().filter(record -> record.model().equals(MODEL)).toList(),
        grown.get(MODEL),
        SeededInput.toldMs(input.secondsBefore()));
    assertThat(after.read("input.late")).isEmpty();
    assertThat(after.read("input.dlq")).isEmpty();
  }

  /** That of the fixture, with another model. */
  private Path configuration(String name, List<String> model) throws IOException {
    Path changed = folder.resolve(name);
    try (Stream<Path> files = Files.walk(fixture.folder())) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path copy = changed.resolve(fixture.folder().relativize(file).toString());
        Files.createDirectories(copy.getParent());
        Files.copy(file, copy);
      }
    }
    Files.write(changed.resolve("models").resolve(MODEL + ".yaml"), model);
    return changed.resolve(fixture.config().getFileName());
  }

  /** Readings of the model with a value of the new field, or without one; others as they are. */
  private static List<DeviceTelemetry> withField(List<DeviceTelemetry> records, boolean known) {
    List<DeviceTelemetry> grown = new ArrayList<>();
    for (DeviceTelemetry record : records) {
      if (record.model().equals(MODEL)) {
        double[] values = Arrays.copyOf(record.values(), record.values().length + 1);
        values[values.length - 1] = known ? record.eventTimeMs() / 1_000 % 20 : Double.NaN;
        grown.add(
            new DeviceTelemetry(
                MODEL, record.deviceId(), record.eventTimeMs(), values, Map.of(), null));
      } else {
        grown.add(record);
      }
    }
    return grown;
  }
}
