package io.tidewatch.schemas.codec;

import io.tidewatch.schemas.dataset.By;
import io.tidewatch.schemas.dataset.ClassCounts;
import io.tidewatch.schemas.dataset.ColumnSummary;
import io.tidewatch.schemas.dataset.Correlation;
import io.tidewatch.schemas.dataset.DatasetLabel;
import io.tidewatch.schemas.dataset.DatasetOrigin;
import io.tidewatch.schemas.dataset.DatasetRows;
import io.tidewatch.schemas.dataset.DatasetSource;
import io.tidewatch.schemas.dataset.DatasetStatistics;
import io.tidewatch.schemas.dataset.FeatureColumn;
import io.tidewatch.schemas.dataset.Part;
import io.tidewatch.schemas.dataset.SplitSettings;
import io.tidewatch.schemas.model.Cleaning;
import io.tidewatch.schemas.model.MissingValues;
import io.tidewatch.schemas.model.ModelWindow;
import io.tidewatch.schemas.model.OutOfRange;
import io.tidewatch.schemas.model.OutlierMethod;
import io.tidewatch.schemas.model.OutlierRule;
import io.tidewatch.schemas.model.PointWindowSpec;
import io.tidewatch.schemas.model.TelemetryField;
import io.tidewatch.schemas.model.TelemetryModel;
import io.tidewatch.schemas.model.UnknownFields;
import io.tidewatch.schemas.model.WindowSpec;
import io.tidewatch.schemas.scale.FeatureStatistics;
import io.tidewatch.schemas.scale.Scaler;
import io.tidewatch.schemas.scale.Scaling;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Statistics of data sets, which are also the examples of the published schema. */
final class DatasetSamples {
  static final DatasetRows ROWS = new DatasetRows(180, 1, 2, 1, 1);

  /** The mean has a value in each row, the deviation in the first row of train only. */
  static final List<FeatureColumn> FEATURES =
      List.of(
          new FeatureColumn(
              "cpu_percent_mean",
              summary(3, 0, 1, 4, 2.5, Math.sqrt(1.5), 2.5),
              summary(2, 0, 1, 4, 2.5, 1.5, 2.5),
              summary(1, 0, 2.5, 2.5, 2.5, 0, 2.5)),
          new FeatureColumn(
              "cpu_percent_std",
              summary(1, 2, 0.5, 0.5, 0.5, 0, 0.5),
              summary(1, 1, 0.5, 0.5, 0.5, 0, 0.5),
              ColumnSummary.withoutValues(1, Map.of(0.5, Double.NaN))));

  /** Of the rows of train. */
  static final Scaler SCALER =
      new Scaler(
          "host",
          "7",
          Scaling.MinMax.ZERO_TO_ONE,
          Map.of(
              "cpu_percent_mean",
              new FeatureStatistics(2, 1, 4, 2.5, 1.5),
              "cpu_percent_std",
              new FeatureStatistics(1, 0.5, 0.5, 0.5, 0)));

  static final Correlation CORRELATION =
      new Correlation(
          new long[][] {{3, 1}, {1, 1}},
          new double[][] {{1, Double.NaN}, {Double.NaN, Double.NaN}});

  private DatasetSamples() {}

  /** Split by time, with all there can be. */
  static DatasetStatistics byTime() {
    return new DatasetStatistics(
        origin(
            null,
            List.of("web-1"),
            new DatasetSource.File("data/host.csv", "csv", 123_456_789_012L)),
        model(new WindowSpec(Duration.ofMinutes(1), Duration.ofSeconds(30))),
        new DatasetLabel("label", "any"),
        new SplitSettings.ByTime(
            0.25, Instant.parse("2026-11-01T00:02:00Z"), Duration.ofMinutes(1)),
        ROWS,
        Map.of(
            Part.TRAIN,
            classes(Map.of("0", 1L, "1", 1L), 0),
            Part.VALIDATION,
            classes(Map.of("0", 1L), 0)),
        SCALER,
        FEATURES,
        CORRELATION);
  }

  /** Split at random, without what may be left out. */
  static DatasetStatistics atRandom() {
    return new DatasetStatistics(
        origin(
            Instant.parse("2026-11-08T00:00:00.25Z"),
            List.of("web-1", "web-2"),
            new DatasetSource.KafkaRange("tidewatch.telemetry.v1", 3, 17, 4_711),
            new DatasetSource.Query(
                "jdbc:postgresql://database:5432/plant", "SELECT * FROM \"readings\"")),
        model(PointWindowSpec.overlapping(60, 0.5, Duration.ofDays(1))),
        null,
        new SplitSettings.Random(0.25, Long.MIN_VALUE, By.DEVICE),
        ROWS,
        Map.of(Part.TRAIN, classes(Map.of(), 2), Part.VALIDATION, classes(Map.of(), 1)),
        null,
        FEATURES,
        CORRELATION);
  }

  static ColumnSummary summary(
      long count, long missing, double min, double max, double mean, double std, double median) {
    return new ColumnSummary(
        count, missing, min, max, mean, std, new TreeMap<>(Map.of(0.5, median)));
  }

  static ClassCounts classes(Map<String, Long> counts, long unlabelled) {
    return new ClassCounts(new TreeMap<>(counts), unlabelled);
  }

  private static DatasetOrigin origin(
      @Nullable Instant asOf, List<String> devices, DatasetSource... sources) {
    return new DatasetOrigin(
        "0.1.0",
        Instant.parse("2026-11-09T10:11:12.345Z"),
        asOf,
        Instant.parse("2026-11-01T00:00:00Z"),
        Instant.parse("2026-11-07T00:00:00Z"),
        devices,
        List.of(sources));
  }

  static TelemetryModel model(ModelWindow window) {
    return new TelemetryModel(
        "host",
        "for tests",
        List.of(new TelemetryField("cpu_percent", "%", 0, Double.POSITIVE_INFINITY)),
        UnknownFields.REJECT,
        OutOfRange.CLIP,
        window,
        List.of(new Cleaning(MissingValues.FORWARD_FILL, OutlierRule.of(OutlierMethod.Z_SCORE))),
        List.of("mean", "std"),
        ZoneId.of("Europe/Berlin"));
  }
}
