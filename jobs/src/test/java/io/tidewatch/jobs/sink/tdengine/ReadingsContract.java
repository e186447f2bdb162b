package io.tidewatch.jobs.sink.tdengine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tidewatch.jobs.config.Secret;
import io.tidewatch.jobs.config.TdengineConfig;
import io.tidewatch.jobs.sink.TdengineRows;
import io.tidewatch.jobs.sink.jdbc.Outcome;
import io.tidewatch.jobs.tdengine.TdengineConnections;
import io.tidewatch.schemas.event.DeviceTelemetry;
import io.tidewatch.schemas.model.OutOfRange;
import io.tidewatch.schemas.model.TelemetryField;
import io.tidewatch.schemas.model.TelemetryModel;
import io.tidewatch.schemas.model.TelemetryModels;
import io.tidewatch.schemas.model.UnknownFields;
import io.tidewatch.schemas.model.WindowSpec;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the store of readings promises, on a stand-in and on a real server alike. */
abstract class ReadingsContract {
  static final String DATABASE = "tidewatch_test";
  private static final long NOW_MS = System.currentTimeMillis();

  static final TelemetryModels MODELS = TelemetryModels.of(List.of(model("kiln"), model("range")));

  static final SuperTables<DeviceTelemetry> TABLES = TdengineRows.readings(MODELS);

  private SuperTableStore<DeviceTelemetry> store;
  private Connection connection;

  private static TelemetryModel model(String name) {
    return new TelemetryModel(
        name,
        "of a field with a reserved name",
        List.of(
            new TelemetryField("value", "Cel", -1e6, 1e6),
            new TelemetryField("load", "1", -1e6, 1e6)),
        UnknownFields.REJECT,
        OutOfRange.MISSING,
        new WindowSpec(Duration.ofSeconds(10), Duration.ofSeconds(1)));
  }

  abstract String url();

  abstract String user();

  abstract String password();

  /** Ends what was started for this test. */
  void stop() {}

  @BeforeEach
  final void make() throws SQLException {
    connection = TdengineConnections.connect(url(), user(), new Secret(password()));
    execute("DROP DATABASE IF EXISTS " + DATABASE);
    TdengineTables.apply(config(true), TABLES.all());
    store = store();
    store.open();
  }

  @AfterEach
  final void close() throws SQLException {
    store.disconnect();
    execute("DROP DATABASE IF EXISTS " + DATABASE);
    connection.close();
    stop();
  }

  final SuperTableStore<DeviceTelemetry> store() {
    return new SuperTableStore<>(
        new TdengineConnections(url(), user(), new Secret(password())), DATABASE, TABLES);
  }

  final TdengineConfig config(boolean migrate) {
    return new TdengineConfig(url(), user(), new Secret(password()), DATABASE, migrate);
  }

  @Test
  final void whatIsWrittenIsReadBack() throws SQLException {
    store.write(
        List.of(
            reading("kiln", "a", 0, 1.5, Double.NaN, null),
            reading("kiln", "a", 1, -2.5, 7, "good"),
            reading("kiln", "b", 0, 3.5, 8, null),
            reading("range", "a", 0, 4.5, 9, null)));

    assertThat(stored("kiln"))
        .containsExactly(
            row("a", 0, 1.5, null, null),
            row("a", 1, -2.5, 7.0, "good"),
            row("b", 0, 3.5, 8.0, null));
    assertThat(stored("range")).containsExactly(row("a", 0, 4.5, 9.0, null));
  }

  @Test
  final void writtenAgainIsWrittenOver() throws SQLException {
    store.write(List.of(reading("kiln", "a", 0, 1, 2, "x"), reading("kiln", "b", 0, 1, 2, "x")));
    store.write(List.of(reading("kiln", "a", 0, 3, Double.NaN, null)));

    assertThat(stored("kiln"))
        .containsExactly(row("a", 0, 3.0, null, null), row("b", 0, 1.0, 2.0, "x"));
  }

  @Test
  final void idsAreOnlyEverValues() throws SQLException {
    List<String> ids =
        List.of(
            "x'); DROP DATABASE tidewatch_test; --",
            "back`tick",
            "a.b",
            "A.B",
            "\"quoted\" \\n",
            "Köln · 東京",
            " ",
            "x".repeat(256));
    List<DeviceTelemetry> rows = new ArrayList<>();
    for (String id : ids) {
      rows.add(reading("kiln", id, 0, 1, 2, null));
    }
    store.write(rows);

    assertThat(stored("kiln").stream().map(row -> row.get(0)))
        .containsExactlyInAnyOrderElementsOf(ids);
  }

  @Test
  final void aRowThatIsTooOldIsKnownBeforeItIsTried() {
    DeviceTelemetry old =
        new DeviceTelemetry(
            "kiln",
            "a",
            NOW_MS - Duration.ofDays(36_501).toMillis(),
            new double[2],
            Map.of(),
            null);

    assertThat((Throwable) store.refusal(reading("kiln", "a", 0, 1, 2, null))).isNull();
    SQLException refusal = store.refusal(old);
    assertThat((Throwable) refusal)
        .hasMessageContaining("out of range: the database keeps PT876000H");
    assertThat(store.describe(old, refusal).code()).isEqualTo("0x60b");
  }

  @ParameterizedTest
  @ValueSource(strings = {"us", "ns"})
  final void timesAreThoseOfTheRowsInEachPrecision(String precision) throws SQLException {
    execute("DROP DATABASE " + DATABASE);
    execute("CREATE DATABASE %s PRECISION '%s' KEEP 36500".formatted(DATABASE, precision));
    TdengineTables.apply(config(true), TABLES.all());
    SuperTableStore<DeviceTelemetry> finer = store();
    try {
      finer.open();
      finer.write(
          List.of(reading("kiln", "a", 0, 1, 2, null), reading("kiln", "a", 7, 3, 4, null)));
      finer.write(List.of(reading("kiln", "a", 7, 5, 6, null)));

      assertThat(stored("kiln"))
          .containsExactly(row("a", 0, 1.0, 2.0, null), row("a", 7, 5.0, 6.0, null));
    } finally {
      finer.disconnect();
    }
  }

  @Test
  final void aRowThatIsRefusedIsTheFaultOfItsDataAndTheNextBatchIsNot() throws SQLException {
    DeviceTelemetry wrong = reading("kiln", "a", 0, 1, 2, "x".repeat(257));

    SQLException refusal =
        catchThrowableOfType(SQLException.class, () -> store.write(List.of(wrong)));

    assertThat(store.outcome(refusal)).isEqualTo(Outcome.DATA);
    assertThat(store.describe(wrong, refusal))
        .satisfies(
            told -> {
              assertThat(told.database()).isEqualTo("tdengine");
              assertThat(told.table()).isEqualTo("kiln");
              assertThat(told.code()).isEqualTo("0x2653");
              assertThat(told.row()).containsEntry("device_id", "a").containsEntry("value", 1.0);
            });
    store.write(List.of(reading("kiln", "a", 0, 1, 2, "fits")));
    assertThat(stored("kiln")).hasSize(1);
  }

  @Test
  final void aMissingTableIsFoundWhenItOpens() throws SQLException {
    execute("DROP DATABASE " + DATABASE);
    SuperTableStore<DeviceTelemetry> late = store();
    SQLException failure = catchThrowableOfType(SQLException.class, late::open);
    assertThat(late.outcome(failure)).isEqualTo(Outcome.FATAL);
    late.disconnect();

    execute("CREATE DATABASE %s KEEP 36500".formatted(DATABASE));
    failure = catchThrowableOfType(SQLException.class, late::open);
    assertThat(late.outcome(failure)).isEqualTo(Outcome.FATAL);
    late.disconnect();
  }

  @Test
  final void tablesAreMadeOnceAndLeftAsTheyAre() throws SQLException {
    store.write(List.of(reading("kiln", "a", 0, 1, 2, null)));

    TdengineTables.apply(config(true), TABLES.all());
    TdengineTables.apply(config(false), TABLES.all());

    assertThat(stored("kiln")).hasSize(1);
  }

  static DeviceTelemetry reading(
      String model, String device, long second, double value, double load, String label) {
    return new DeviceTelemetry(
        model,
        device,
        1_767_225_600_000L + second * 1000,
        new double[] {value, load},
        Map.of(),
        label);
  }

  private static List<Object> row(
      String device, long second, Double value, Double load, String label) {
    return Arrays.asList(device, second, value, load, label);
  }

  final List<List<Object>> stored(String model) throws SQLException {
    List<List<Object>> rows = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet found =
            statement.executeQuery(
                "SELECT `device_id`, `ts`, `value`, `load`, `label` FROM `%s`.`%s` ORDER BY `device_id`, `ts`"
                    .formatted(DATABASE, model))) {
      while (found.next()) {
        rows.add(
            row(
                found.getString(1),
                (found.getTimestamp(2).getTime() - 1_767_225_600_000L) / 1000,
                (Double) found.getObject(3),
                (Double) found.getObject(4),
                found.getString(5)));
      }
    }
    return rows;
  }

  final void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
