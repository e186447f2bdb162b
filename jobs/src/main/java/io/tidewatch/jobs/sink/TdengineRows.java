package io.tidewatch.jobs.sink;

import io.tidewatch.jobs.columns.Column;
import io.tidewatch.jobs.columns.ColumnType;
import io.tidewatch.jobs.columns.RowTable;
import io.tidewatch.jobs.config.KafkaConfig;
import io.tidewatch.jobs.config.SinkConfig;
import io.tidewatch.jobs.config.TdengineConfig;
import io.tidewatch.jobs.sink.jdbc.ResilientSink;
import io.tidewatch.jobs.sink.tdengine.OverItsTime;
import io.tidewatch.jobs.sink.tdengine.SuperTable;
import io.tidewatch.jobs.sink.tdengine.SuperTableStore;
import io.tidewatch.jobs.sink.tdengine.SuperTables;
import io.tidewatch.jobs.sink.tdengine.TdengineTables;
import io.tidewatch.jobs.tdengine.TdengineConnections;
import io.tidewatch.schemas.derived.AnomalyScore;
import io.tidewatch.schemas.derived.FeatureVector;
import io.tidewatch.schemas.derived.LatencyWindow;
import io.tidewatch.schemas.event.DeviceTelemetry;
import io.tidewatch.schemas.model.PointWindowSpec;
import io.tidewatch.schemas.model.TelemetryModel;
import io.tidewatch.schemas.model.TelemetryModels;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.apache.flink.api.connector.sink2.Sink;

/**
 * The streams in TDengine. A table holds one row a time, so what else is in the key of a row is in
 * the name of its table: of windows by time their length too. Windows by points each have a length
 * of their own, and no two of a device end at the same time: they are in one table.
 */
public final class TdengineRows {
  private TdengineRows() {}

  /** Rows to their super tables, through the writer that outlives an outage. */
  public static <T> Sink<T> sink(
      TdengineConfig tdengine, SinkConfig sink, KafkaConfig kafka, SuperTables<T> tables) {
    return new ResilientSink<>(
        new SuperTableStore<>(
            new TdengineConnections(tdengine.url(), tdengine.user(), tdengine.password()),
            tdengine.database(),
            tables),
        new OverItsTime<>(tables),
        Upsert.batching(sink),
        sink.maxOutage(),
        KafkaSinks.refused(kafka, sink.refusedTopic()));
  }

  /** A super table a model, of its name; a table a device. */
  public static SuperTables<DeviceTelemetry> readings(TelemetryModels models) {
    return new SuperTables<>(
        byModel(
            models,
            new ReadingTable(models),
            UnaryOperator.identity(),
            "V001__telemetry.sql",
            "field",
            "ts"),
        DeviceTelemetry::model,
        'd',
        row -> List.of(row.model(), row.deviceId()),
        DeviceTelemetry::eventTimeMs);
  }

  /** A super table a model, {@code device_features_<model>}; a table a device and window length. */
  public static SuperTables<FeatureVector> features(TelemetryModels models) {
    Set<String> byPoints = byPoints(models);
    return new SuperTables<>(
        byModel(
            models,
            new FeatureTable(models),
            TdengineRows::featuresOf,
            "V002__device_features.sql",
            "feature",
            "window_end"),
        row -> featuresOf(row.model()),
        'f',
        row ->
            byPoints.contains(row.model())
                ? List.of(row.model(), row.deviceId())
                : List.of(
                    row.model(), row.deviceId(), length(row.windowStartMs(), row.windowEndMs())),
        FeatureVector::windowEndMs);
  }

  /** One super table, {@code api_latency_windows}; a table an endpoint and window length. */
  public static SuperTables<LatencyWindow> windows() {
    LatencyTable rows = new LatencyTable();
    SuperTable<LatencyWindow> table =
        SuperTable.of(
            rows.name(),
            TdengineTables.ddl("V003__api_latency_windows.sql"),
            rows.columns(null),
            "window_end",
            Set.of("service", "endpoint", "method"));
    return new SuperTables<>(
        List.of(table),
        row -> rows.name(),
        'w',
        row ->
            List.of(
                row.service(),
                row.endpoint(),
                row.method(),
                length(row.windowStartMs(), row.windowEndMs())),
        LatencyWindow::windowEndMs);
  }

  /** One super table, {@code anomaly_scores}; a table a series and window length. */
  public static SuperTables<AnomalyScore> scores(TelemetryModels models) {
    ScoreTable rows = new ScoreTable();
    List<Column<AnomalyScore>> columns = new ArrayList<>(rows.columns(null));
    columns.add(0, Column.text("model", AnomalyScore::model));
    SuperTable<AnomalyScore> table =
        SuperTable.of(
            rows.name(),
            TdengineTables.ddl("V004__anomaly_scores.sql"),
            columns,
            "window_end",
            Set.of("model", "entity", "metric"));
    Set<String> byPoints = byPoints(models);
    return new SuperTables<>(
        List.of(table),
        row -> rows.name(),
        's',
        row ->
            byPoints.contains(row.model())
                ? List.of(row.model(), row.entity(), row.metric())
                : List.of(
                    row.model(),
                    row.entity(),
                    row.metric(),
                    length(row.windowStartMs(), row.windowEndMs())),
        AnomalyScore::windowEndMs);
  }

  /**
   * A super table a model, of its devices.
   *
   * @param superTable its name, by that of the model
   * @param file that makes it, with its columns of numbers left open
   * @param number what such a column is
   * @param time name of the column of its time
   */
  private static <T> List<SuperTable<T>> byModel(
      TelemetryModels models,
      RowTable<T> rows,
      UnaryOperator<String> superTable,
      String file,
      String number,
      String time) {
    String ddl = TdengineTables.ddl(file);
    List<SuperTable<T>> all = new ArrayList<>();
    for (TelemetryModel model : models.all()) {
      List<Column<T>> columns = rows.columns(model.name());
      List<String> numbers =
          columns.stream()
              .filter(column -> column.type() == ColumnType.DOUBLE)
              .map(Column::name)
              .toList();
      String filled =
          ddl.replace("${model}", model.name())
              .replace("${" + number + "s}", TdengineTables.numbers(number, numbers));
      all.add(
          SuperTable.of(
              superTable.apply(model.name()), filled, columns, time, Set.of("device_id")));
    }
    return all;
  }

  private static String featuresOf(String model) {
    return "device_features_" + model;
  }

  private static Set<String> byPoints(TelemetryModels models) {
    Set<String> names = new HashSet<>();
    for (TelemetryModel model : models.all()) {
      if (model.window() instanceof PointWindowSpec) {
        names.add(model.name());
      }
    }
    return names;
  }

  private static String length(long startMs, long endMs) {
    return Long.toString(endMs - startMs);
  }
}
