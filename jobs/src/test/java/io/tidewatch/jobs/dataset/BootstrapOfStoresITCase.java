package io.tidewatch.jobs.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tidewatch.embedded.EmbeddedStack;
import io.tidewatch.jobs.JobSpace;
import io.tidewatch.jobs.WrittenFeatures;
import io.tidewatch.jobs.anomaly.AnomalyFiles;
import io.tidewatch.jobs.bootstrap.Bootstrap;
import io.tidewatch.jobs.bootstrap.Bootstrap.Trained;
import io.tidewatch.jobs.bootstrap.Readings;
import io.tidewatch.jobs.config.ConfigException;
import io.tidewatch.jobs.config.YamlLoader;
import io.tidewatch.jobs.sink.Migrations;
import io.tidewatch.schemas.codec.ModelMessageCodec;
import io.tidewatch.schemas.derived.FeatureVector;
import io.tidewatch.schemas.forest.ForestArtifact;
import io.tidewatch.testkit.SharedStack;
import io.tidewatch.testkit.tdengine.StandInTdengine;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Models trained from what is stored. PostgreSQL is a real one; a stand-in takes the place of
 * TDengine, behind the real driver.
 */
@ExtendWith(SharedStack.class)
class BootstrapOfStoresITCase {
  private static final String PASSWORD = "taosdata";
  private static final String READINGS =
      """
      source:
        postgres:
          query: SELECT * FROM readings
          columns: {time: t, device: device_id, fields: {force: newton}}
        tdengine: {url: "%s", database: plant}
      """;

  @TempDir Path folder;
  private final StandInTdengine tdengine = StandInTdengine.start(PASSWORD);
  private DatasetSpace space;
  private JobSpace servers;
  private YamlLoader loader;
  private Readings readings;

  @BeforeEach
  void configure(EmbeddedStack stack) {
    space = new DatasetSpace(folder);
    servers = new JobSpace(stack);
    Map<String, String> environment = new HashMap<>(servers.environment());
    environment.put("TIDEWATCH_TDENGINE_PASSWORD", PASSWORD);
    loader = new YamlLoader(environment::get);
    readings =
        new Readings(
            space.write("readings.yaml", READINGS.formatted(tdengine.jdbcUrl())),
            () -> DatasetSpace.environment(2));
  }

  @AfterEach
  void stop() {
    tdengine.close();
  }

  private Path anomaly(String scoring) {
    return space.write(
        "anomaly.yaml",
        "models: models\nalerting: {rules: %s}\nscoring: {%s}\n"
            .formatted(JobSpace.shipped("rules/anomaly.yaml"), scoring));
  }

  private Path anomaly() {
    return anomaly("history: {rows: 400}, training: {warm_up_rows: 300}");
  }

  private Bootstrap bootstrap(String modelKey, @Nullable String from) {
    return new Bootstrap(
        loader, anomaly(), modelKey, from == null ? null : Instant.parse(from), null);
  }

  @Test
  void theSameWindowsGiveTheSameModelWhereverTheyAreStored() throws Exception {
    storeReadings();
    Trained ofReadings = bootstrap("press", null).fromPostgres(readings);
    ForestArtifact model = ofReadings.models().get(0);
    assertThat(model.rows()).isEqualTo(400);
    assertThat(model.modelKey()).isEqualTo("press");
    assertThat(model.origin()).endsWith(", SELECT * FROM readings").startsWith("jdbc:postgresql:");
    assertThat(ofReadings.learnt()).isEqualTo(ofReadings.read()).isGreaterThan(600);
    assertThat(model.trainedUntilMs() - model.trainedFromMs()).isGreaterThan(1_000_000);

    PressSuperTable.store(tdengine, "plant", "ms", "", DatasetSpace.readings());
    Trained ofTdengine = bootstrap("press", null).fromTdengine(readings);
    assertThat(ofTdengine.models()).singleElement().matches(other -> same(other, model));
    assertThat(ofTdengine.origin()).contains("TAOS-WS").doesNotContain(PASSWORD);

    storeWindows(windows());
    Trained ofTable = bootstrap("press", null).fromPostgres(null);
    assertThat(ofTable.models()).singleElement().matches(other -> same(other, model));
    assertThat(ofTable.origin()).endsWith(", device_features");
    assertThat(ofTable.read()).isEqualTo(ofReadings.read());

    space.run("split: {by: random, group: device, val_split: 0.4}\nconstant_columns: keep\n");
    Trained ofDataset = bootstrap("press", null).fromDataset(space.file("out"));
    assertThat(ofDataset.models()).singleElement().matches(other -> same(other, model));
    assertThat(ofDataset.origin()).startsWith("data set ");
  }

  /** All but where the rows were read. */
  private static boolean same(ForestArtifact one, ForestArtifact other) {
    return ModelMessageCodec.checksum(one.readFrom("x"))
        .equals(ModelMessageCodec.checksum(other.readFrom("x")));
  }

  @Test
  void onlyTheRangeIsTrainedFrom() throws Exception {
    storeWindows(windows());
    String from = "2026-03-01T23:58:00Z";
    Trained ofTable = bootstrap("press", from).fromPostgres(null);
    assertThat(ofTable.models().get(0).trainedFromMs())
        .isGreaterThan(Instant.parse(from).toEpochMilli());
    assertThat(bootstrap("press", from).fromTdengine(stored()).models().get(0))
        .matches(other -> same(other, ofTable.models().get(0)));
  }

  /** The readings of TDengine, which has them then. */
  private Readings stored() throws Exception {
    PressSuperTable.store(tdengine, "plant", "ms", "", DatasetSpace.readings());
    return readings;
  }

  @Test
  void eachDeviceWithEnoughWindowsHasAModelWhereTheScopeSaysSo() throws Exception {
    List<FeatureVector> windows = new ArrayList<>(windows());
    windows.removeIf(
        window ->
            window.deviceId().equals("press-2")
                && window.windowEndMs() > DatasetSpace.START_MS + 400_000);
    storeWindows(windows);
    Path file = anomaly("scope: device, history: {rows: 400}, training: {warm_up_rows: 150}");
    Trained all = new Bootstrap(loader, file, "press", null, null).fromPostgres(null);
    assertThat(all.models())
        .extracting(ForestArtifact::modelKey)
        .containsExactly("press/press-0", "press/press-1");
    assertThat(all.withoutModel()).containsExactly("press/press-2");
    Trained one = new Bootstrap(loader, file, "press/press-1", null, null).fromPostgres(null);
    assertThat(one.models()).singleElement().matches(model -> same(model, all.models().get(1)));
    assertThat(one.read()).isLessThan(all.read());
  }

  @Test
  void whatCannotBeTrainedFromIsRefusedInOneLine() throws Exception {
    assertThat(refusal(() -> bootstrap("lathe", null)))
        .isEqualTo("--model: must be one of [press], was 'lathe'");
    assertThat(refusal(() -> bootstrap("press/press-1", null)))
        .isEqualTo("--model: must name no device with scoring.scope fleet, was 'press/press-1'");
    assertThat(refusal(() -> bootstrap("press", null).fromPostgres(null)))
        .startsWith("device_features: must be a table of jdbc:postgresql://")
        .endsWith("to make windows of stored readings, name their source with --readings");
    storeWindows(windows().subList(0, 100));
    assertThat(refusal(() -> bootstrap("press", null).fromPostgres(null)))
        .startsWith("press: must have at least 300 windows to train from")
        .contains("had 100; read were 100 from jdbc:postgresql:");
    assertThat(refusal(() -> bootstrap("press", "2030-01-01T00:00:00Z").fromPostgres(null)))
        .startsWith(
            "device_features: must hold windows of the model press, from 2030-01-01T00:00:00Z, held none");
    try (Connection connection = servers.database();
        Statement statement = connection.createStatement()) {
      statement.execute(
          "UPDATE device_features SET features = features - 'heat_last' WHERE device_id = 'press-1'");
    }
    assertThat(refusal(() -> bootstrap("press", null).fromPostgres(null)))
        .startsWith(
            "device_features: must hold the features of the model press, the window of press-1 to 2026-03-")
        .contains("has no 'heat_last'; begin behind it with --from");
  }

  @Test
  void aStoreThatCannotBeReachedIsRefusedInOneLine() {
    Map<String, String> elsewhere = new HashMap<>(servers.environment());
    elsewhere.put("TIDEWATCH_JDBC_URL", "jdbc:postgresql://127.0.0.1:1/none?connectTimeout=2");
    assertThat(
            refusal(
                () ->
                    new Bootstrap(new YamlLoader(elsewhere::get), anomaly(), "press", null, null)
                        .fromPostgres(null)))
        .contains(
            "postgres.url: must be of a database that can be reached, was 'jdbc:postgresql://127.0.0.1:1/none' (");
    Readings nowhere =
        new Readings(
            space.write("nowhere.yaml", READINGS.formatted("jdbc:TAOS-WS://127.0.0.1:1/")),
            () -> DatasetSpace.environment(2));
    assertThat(refusal(() -> bootstrap("press", null).fromTdengine(nowhere)))
        .contains("source.tdengine.url: must be of a taosAdapter that can be reached");
  }

  @Test
  void aFolderThatIsNoDataSetOfTheseWindowsIsRefused() throws Exception {
    assertThat(refusal(() -> bootstrap("press", null).fromDataset(space.file("models"))))
        .endsWith("models: must be a folder that `tidewatch dataset` made, had no _SUCCESS");
    space.run("normalisation: {method: z_score}\n");
    assertThat(refusal(() -> bootstrap("press", null).fromDataset(space.file("out"))))
        .endsWith("must hold features in their units, are normalised (_scaler.json)");
    space.run("window: {size: PT20S, slide: PT5S}\n");
    assertThat(refusal(() -> bootstrap("press", null).fromDataset(space.file("out"))))
        .endsWith(
            "must hold windows as long as those of the model press (PT10S), held one of PT20S");
    space.run("label: {field: heat}\n");
    assertThat(refusal(() -> bootstrap("press", null).fromDataset(space.file("out"))))
        .contains("must hold the features of the model, had no 'heat_mean'");
    assertThat(
            refusal(
                () -> bootstrap("press", "2030-01-01T00:00:00Z").fromDataset(space.file("out"))))
        .contains("had no 'heat_mean'");
  }

  private static String refusal(ThrowingCallable call) {
    ConfigException refused = catchThrowableOfType(ConfigException.class, call);
    assertThat(refused.getMessage()).doesNotContain("\n");
    return refused.getMessage();
  }

  /** All windows of the readings. */
  private List<FeatureVector> windows() throws Exception {
    List<FeatureVector> windows = new ArrayList<>();
    new FeatureQuery(
            DatasetSpace.environment(2), loader, space.config(""), Map.of(), Clock.systemUTC())
        .windows(windows::add);
    return windows;
  }

  private void storeReadings() throws Exception {
    try (Connection connection = servers.database();
        Statement statement = connection.createStatement()) {
      statement.execute(
          "CREATE TABLE readings (t timestamptz, device_id text, newton float8, heat float8)");
      StringBuilder rows = new StringBuilder("INSERT INTO readings VALUES ");
      for (String line : DatasetSpace.readings().lines().skip(1).toList()) {
        String[] cells = line.split(",", -1);
        rows.append(
            "(to_timestamp(%s / 1000.0), '%s', %s, %s),"
                .formatted(cells[0], cells[1], cells[2], cells[3].isEmpty() ? "NULL" : cells[3]));
      }
      statement.execute(rows.substring(0, rows.length() - 1));
    }
  }

  /** As the telemetry job writes them. */
  private void storeWindows(List<FeatureVector> windows) throws Exception {
    AnomalyFiles files = AnomalyFiles.load(loader, anomaly());
    Migrations.apply(files.config().postgres());
    try (Connection connection = servers.database()) {
      WrittenFeatures.insert(connection, files.names(), windows);
    }
  }
}
