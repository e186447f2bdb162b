package io.tidewatch.jobs;

import io.tidewatch.analytics.feature.FeatureNames;
import io.tidewatch.jobs.sink.FeatureRows;
import io.tidewatch.jobs.sink.Migrations;
import io.tidewatch.schemas.derived.FeatureVector;
import io.tidewatch.schemas.model.OutOfRange;
import io.tidewatch.schemas.model.TelemetryField;
import io.tidewatch.schemas.model.TelemetryModel;
import io.tidewatch.schemas.model.TelemetryModels;
import io.tidewatch.schemas.model.UnknownFields;
import io.tidewatch.schemas.model.WindowSpec;
import io.tidewatch.testkit.SinkContract;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.sink2.Sink;

/** {@code device_features} keeps the promises of a sink. */
class FeatureRowsITCase extends SinkContract<FeatureVector> {
  private static final long END_MS = Instant.parse("2024-01-01T00:00:10Z").toEpochMilli();
  private static final long SIZE_MS = 10_000;
  private static final double[] ORDINARY = {1.5, 0.5, 1, 2, 2, 0.25, 0, 0.5};

  /** Two models with the same features. */
  private static final TelemetryModels MODELS =
      TelemetryModels.of(List.of(model("kiln"), model("oven")));

  private static TelemetryModel model(String name) {
    return new TelemetryModel(
        name,
        "of one field",
        List.of(
            new TelemetryField("heat", "Cel", Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY)),
        UnknownFields.REJECT,
        OutOfRange.MISSING,
        new WindowSpec(Duration.ofMillis(SIZE_MS), Duration.ofSeconds(1)));
  }

  @Override
  protected void migrate(String jdbcUrl, String user) {
    Migrations.apply(TestPostgres.config(jdbcUrl, user, true));
  }

  @Override
  protected Sink<FeatureVector> sink(Place place) {
    return FeatureRows.sink(TestPostgres.target(place), MODELS);
  }

  @Override
  protected TypeInformation<FeatureVector> type() {
    return TypeInformation.of(FeatureVector.class);
  }

  @Override
  protected List<FeatureVector> rows() {
    return List.of(
        vector("kiln", "a", END_MS, ORDINARY),
        vector("kiln", "a", END_MS + 1000, ORDINARY),
        vector("kiln", "b", END_MS, ORDINARY),
        vector("oven", "a", END_MS, ORDINARY));
  }

  @Override
  protected FeatureVector changed(FeatureVector row) {
    return new FeatureVector(
        row.model(),
        row.deviceId(),
        row.windowStartMs(),
        row.windowEndMs(),
        row.records() + 1,
        Arrays.stream(row.features()).map(value -> value + 1).toArray());
  }

  @Override
  protected List<FeatureVector> specialRows() {
    List<FeatureVector> rows = new ArrayList<>();
    for (String text : SpecialTexts.ALL) {
      rows.add(vector("kiln", text, END_MS, ORDINARY));
    }
    rows.add(vector("kiln", SpecialTexts.longest(256), END_MS, ORDINARY));
    double nan = Double.NaN;
    rows.add(vector("kiln", "no value", END_MS, nan, nan, nan, nan, 0));
    rows.add(vector("kiln", "one value", END_MS, 7, nan, 7, 7, 1));
    rows.add(
        vector("kiln", "large", END_MS, Double.MAX_VALUE, 1e300, -Double.MAX_VALUE, 1e308, 1e15));
    rows.add(
        vector("kiln", "small", END_MS, Double.MIN_VALUE, 1e-300, -Double.MIN_VALUE, 1.0 / 3, 0.1));
    for (String time :
        List.of("1969-12-31T23:59:59.999Z", "1900-01-01T00:00:00Z", "9999-12-31T00:00:00Z")) {
      rows.add(vector("kiln", "then", Instant.parse(time).toEpochMilli(), ORDINARY));
    }
    return rows;
  }

  @Override
  protected FeatureVector refusedRow() {
    return new FeatureVector("kiln", "a", END_MS, END_MS - SIZE_MS, 1, ORDINARY);
  }

  @Override
  protected List<FeatureVector> read(Connection connection) throws SQLException {
    List<FeatureVector> rows = new ArrayList<>();
    for (Map.Entry<StoredWindows.Key, StoredWindows.Features> row :
        StoredWindows.features(connection).entrySet()) {
      String series = row.getKey().series();
      String model = series.substring(0, series.indexOf('/'));
      rows.add(
          new FeatureVector(
              model,
              series.substring(model.length() + 1),
              row.getKey().startMs(),
              row.getKey().endMs(),
              row.getValue().records(),
              FeatureNames.of(MODELS.get(model)).stream()
                  .mapToDouble(row.getValue().values()::get)
                  .toArray()));
    }
    return rows;
  }

  /** With ratios of 0 where they are not given. */
  private static FeatureVector vector(
      String model, String deviceId, long endMs, double... features) {
    double[] all = Arrays.copyOf(features, ORDINARY.length);
    return new FeatureVector(model, deviceId, endMs - SIZE_MS, endMs, 3, all);
  }
}
