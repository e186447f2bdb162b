package io.tidewatch.jobs.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tidewatch.jobs.TableRows;
import io.tidewatch.jobs.columns.Column;
import io.tidewatch.jobs.config.ConfigException;
import io.tidewatch.jobs.config.Secret;
import io.tidewatch.jobs.config.TdengineConfig;
import io.tidewatch.jobs.sink.jdbc.Outcome;
import io.tidewatch.jobs.sink.tdengine.OverItsTime;
import io.tidewatch.jobs.sink.tdengine.SuperTableStore;
import io.tidewatch.jobs.sink.tdengine.SuperTables;
import io.tidewatch.jobs.sink.tdengine.TdengineTables;
import io.tidewatch.jobs.tdengine.TdengineConnections;
import io.tidewatch.schemas.derived.AnomalyScore;
import io.tidewatch.schemas.derived.FeatureVector;
import io.tidewatch.schemas.derived.LatencyWindow;
import io.tidewatch.schemas.derived.ModelState;
import io.tidewatch.schemas.derived.ModelStatus;
import io.tidewatch.schemas.derived.ScoreContext;
import io.tidewatch.schemas.derived.Severity;
import io.tidewatch.schemas.model.ModelWindow;
import io.tidewatch.schemas.model.OutOfRange;
import io.tidewatch.schemas.model.PointWindowSpec;
import io.tidewatch.schemas.model.TelemetryField;
import io.tidewatch.schemas.model.TelemetryModel;
import io.tidewatch.schemas.model.TelemetryModels;
import io.tidewatch.schemas.model.UnknownFields;
import io.tidewatch.schemas.model.WindowSpec;
import io.tidewatch.testkit.tdengine.StandInTdengine;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Rows of windows and scores; a stand-in takes the place of the server, the driver is the real one.
 */
class TdengineRowsITCase {
  private static final long END_MS = 1_767_225_600_000L;
  private static final Duration TEN = Duration.ofSeconds(10);
  private static final Duration ONE = Duration.ofSeconds(1);
  private static final TelemetryModels MODELS =
      TelemetryModels.of(
          List.of(
              model("kiln", new WindowSpec(TEN, ONE)),
              model("press", new PointWindowSpec(10, 5, PointWindowSpec.DEFAULT_FORGET_AFTER))));

  private final StandInTdengine server = StandInTdengine.start();

  private static TelemetryModel model(String name, ModelWindow window) {
    return new TelemetryModel(
        name,
        "of a test",
        List.of(new TelemetryField("value", "Cel", -1e6, 1e6)),
        UnknownFields.REJECT,
        OutOfRange.MISSING,
        window);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void featuresAreReadBackByModelAndLengthOfWindow() throws Exception {
    SuperTables<FeatureVector> tables = TdengineRows.features(MODELS);
    FeatureVector minute = features("kiln", "x'); DROP TABLE a; --", 60_000, 0, 1.5);
    FeatureVector second = features("kiln", "x'); DROP TABLE a; --", 1_000, 0, Double.NaN);
    FeatureVector points = features("press", "KÖLN.1", 1_234, 0, 2.5);
    write(tables, List.of(minute, second, points));

    FeatureTable rows = new FeatureTable(MODELS);
    assertThat(TableRows.of(rows.columns("kiln"), server, "device_features_kiln"))
        .containsExactlyInAnyOrderElementsOf(
            TableRows.of(rows.columns("kiln"), List.of(minute, second)));
    assertThat(TableRows.of(rows.columns("press"), server, "device_features_press"))
        .containsExactlyElementsOf(TableRows.of(rows.columns("press"), List.of(points)));
  }

  @Test
  void aNameThatTdengineDoesNotHoldIsSaidBeforeAnythingRuns() {
    WindowSpec window = new WindowSpec(TEN, ONE);
    TelemetryModels models =
        TelemetryModels.of(List.of(model("kiln", window), model("m".repeat(60), window)));
    SuperTables<FeatureVector> tables = TdengineRows.features(models);
    String message =
        "super table: must be a name of letters, digits and _, at most 64, was 'device_features_%s'"
            .formatted("m".repeat(60));

    assertThatThrownBy(() -> TdengineTables.apply(config(), tables.all()))
        .isInstanceOf(ConfigException.class)
        .hasMessage(message);
    assertThatThrownBy(() -> store(tables)).hasMessage(message);
    List<Column<FeatureVector>> columns = new FeatureTable(models).columns("kiln");
    assertThatThrownBy(() -> TableRows.of(columns, server, "device_features_kiln"))
        .as("not even the one before it is made")
        .isInstanceOf(SQLException.class);
  }

  @Test
  void aColumnThatTdengineDoesNotHoldIsAFaultOfTheConfiguration() {
    assertThatThrownBy(() -> TdengineTables.numbers("feature", List.of("mean", "x".repeat(65))))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            "feature: must be a name of letters, digits and _, at most 64, was '%s'",
            "x".repeat(65));
  }

  @Test
  void theRowToldLaterStaysWhateverItsRevision() throws Exception {
    SuperTables<FeatureVector> tables = TdengineRows.features(MODELS);
    FeatureVector corrected = features("kiln", "a", 60_000, 0, 2).revised(3);
    FeatureVector again = features("kiln", "a", 60_000, 0, 1);
    write(tables, List.of(corrected));
    write(tables, List.of(again));

    List<Column<FeatureVector>> columns = new FeatureTable(MODELS).columns("kiln");
    assertThat(TableRows.of(columns, server, "device_features_kiln"))
        .containsExactlyElementsOf(TableRows.of(columns, List.of(again)));
    OverItsTime<FeatureVector> identity = new OverItsTime<>(tables);
    assertThat(identity.key(again)).isEqualTo(identity.key(corrected));
    assertThat(identity.replaces(again, corrected)).as("as in the table").isTrue();
    assertThat(identity.eventTimeMs(again)).isEqualTo(END_MS);
  }

  @Test
  void windowsByPointsOfADeviceLieInOneTableAndThoseByTimeInOneALength() {
    SuperTables<FeatureVector> tables = TdengineRows.features(MODELS);
    assertThat(tables.parts().apply(features("press", "a", 1_000, 0, 1)))
        .isEqualTo(tables.parts().apply(features("press", "a", 2_000, 9, 1)))
        .containsExactly("press", "a");
    assertThat(tables.parts().apply(features("kiln", "a", 1_000, 0, 1)))
        .containsExactly("kiln", "a", "1000");
    assertThat(tables.parts().apply(features("kiln", "a", 2_000, 0, 1)))
        .containsExactly("kiln", "a", "2000");
    assertThat(tables.stream()).isEqualTo('f');
  }

  @Test
  void rowsOfOneTimeAreOneOnlyWhereTheirTableIs() {
    OverItsTime<FeatureVector> identity = new OverItsTime<>(TdengineRows.features(MODELS));
    assertThat(identity.key(features("press", "a", 1_000, 0, 1)))
        .isEqualTo(identity.key(features("press", "a", 2_000, 0, 2)))
        .isNotEqualTo(identity.key(features("press", "a", 1_000, 9, 1)))
        .isNotEqualTo(identity.key(features("kiln", "a", 1_000, 0, 1)))
        .isNotEqualTo(identity.key(features("press", "b", 1_000, 0, 1)));
  }

  @Test
  void latencyWindowsAreReadBackWithoutTheirSketch() throws Exception {
    LatencyWindow window =
        new LatencyWindow(
                "shop's", "/e/{id}", "GET", END_MS - 1_000, END_MS, 7, 7, 2, 28.5, 1, 2, 3, 4, 5, 6)
            .sketched(new byte[] {1, 2});
    LatencyWindow other =
        new LatencyWindow(
            "_other", "_other", "OTHER", END_MS - 1_000, END_MS, 1, 1, 0, 0, 1, 2, 3, 4, 5, 6);
    write(TdengineRows.windows(), List.of(window, other));

    List<Column<LatencyWindow>> columns = new LatencyTable().columns(null);
    assertThat(TableRows.of(columns, server, "api_latency_windows"))
        .containsExactlyInAnyOrderElementsOf(TableRows.of(columns, List.of(window, other)));
  }

  @Test
  void scoresAreReadBackWithWhatIsMissing() throws Exception {
    AnomalyScore first = score("_row", Map.of(), null, Double.NaN);
    AnomalyScore second =
        score("value_mean", Map.of("value_mean", 0.75, "value_std", 0.25), "v1", 0.9);
    write(TdengineRows.scores(MODELS), List.of(first, second));

    List<Column<AnomalyScore>> columns = scoreColumns();
    assertThat(TableRows.of(columns, server, "anomaly_scores"))
        .containsExactlyInAnyOrderElementsOf(TableRows.of(columns, List.of(first, second)));
  }

  @Test
  void whatIsLongerThanItsColumnIsRefusedAsTheFaultOfItsRow() throws Exception {
    SuperTables<AnomalyScore> tables = TdengineRows.scores(MODELS);
    AnomalyScore tooLong = score("_row", Map.of("x".repeat(16_001), 1.0), "v1", 0.9);
    TdengineTables.apply(config(), tables.all());
    SuperTableStore<AnomalyScore> store = store(tables);
    store.open();

    SQLException refusal =
        catchThrowableOfType(SQLException.class, () -> store.write(List.of(tooLong)));

    assertThat(store.outcome(refusal)).isEqualTo(Outcome.DATA);
    assertThat(store.describe(tooLong, refusal))
        .satisfies(
            told -> {
              assertThat(told.table()).isEqualTo("anomaly_scores");
              assertThat(told.row()).containsEntry("entity", "a b").containsEntry("score", 0.9);
            });
    store.write(List.of(score("_row", Map.of(), "v1", 0.9)));
    store.disconnect();
    assertThat(TableRows.of(scoreColumns(), server, "anomaly_scores")).hasSize(1);
  }

  private static List<Column<AnomalyScore>> scoreColumns() {
    List<Column<AnomalyScore>> columns = new ArrayList<>(new ScoreTable().columns(null));
    columns.add(Column.text("model", AnomalyScore::model));
    return columns;
  }

  private static FeatureVector features(
      String model, String device, long lengthMs, long laterMs, double value) {
    return new FeatureVector(
        model,
        device,
        END_MS + laterMs - lengthMs,
        END_MS + laterMs,
        3,
        new FeatureTable(MODELS)
            .columns(model).stream()
                .filter(column -> column.name().startsWith("value_"))
                .mapToDouble(column -> value)
                .toArray());
  }

  private static AnomalyScore score(
      String metric, Map<String, Double> attribution, String version, double score) {
    return new AnomalyScore(
        "kiln",
        "a b",
        metric,
        END_MS - 1_000,
        END_MS,
        score,
        0.5,
        score > 0.5,
        null,
        Severity.WARNING,
        Double.NaN,
        1,
        2,
        attribution,
        new ModelStatus(ModelState.ACTIVE, version, 5, 6),
        true,
        ScoreContext.NONE,
        0);
  }

  private <T> void write(SuperTables<T> tables, List<T> rows) throws SQLException {
    TdengineTables.apply(config(), tables.all());
    SuperTableStore<T> store = store(tables);
    store.open();
    store.write(rows);
    store.disconnect();
  }

  private <T> SuperTableStore<T> store(SuperTables<T> tables) {
    return new SuperTableStore<>(
        new TdengineConnections(
            server.jdbcUrl(), StandInTdengine.USER, new Secret(StandInTdengine.PASSWORD)),
        "tidewatch",
        tables);
  }

  private TdengineConfig config() {
    return new TdengineConfig(
        server.jdbcUrl(),
        StandInTdengine.USER,
        new Secret(StandInTdengine.PASSWORD),
        "tidewatch",
        true);
  }
}
