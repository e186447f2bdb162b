package io.tidewatch.benchmarks.variant;

import io.tidewatch.analytics.feature.registry.Feature;
import io.tidewatch.analytics.feature.registry.FeatureRegistry;
import io.tidewatch.benchmarks.workload.EventSource;
import io.tidewatch.benchmarks.workload.Workload;
import io.tidewatch.jobs.telemetry.TelemetryTopology;
import io.tidewatch.schemas.event.DeviceTelemetry;
import io.tidewatch.schemas.model.Cleaning;
import io.tidewatch.schemas.model.MissingValues;
import io.tidewatch.schemas.model.ModelWindow;
import io.tidewatch.schemas.model.OutlierAction;
import io.tidewatch.schemas.model.OutlierMethod;
import io.tidewatch.schemas.model.OutlierRule;
import io.tidewatch.schemas.model.PointWindowSpec;
import io.tidewatch.schemas.model.TelemetryModel;
import io.tidewatch.schemas.model.TelemetryModels;
import io.tidewatch.schemas.model.WindowSpec;
import io.tidewatch.udfs.clean.RangeCleanFunction;
import java.time.Duration;
import java.util.List;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.jspecify.annotations.Nullable;

/**
 * The telemetry job between decoding and alerts on {@link UncleanReadings}, and the same without
 * its features.
 *
 * @param window null without features
 * @param overlap windows a record lies in; 0 without any
 * @param cleaning of each field
 * @param features names of the features computed of each field
 */
public record FeatureJob(
    String id, @Nullable ModelWindow window, int overlap, Cleaning cleaning, List<String> features)
    implements FlinkVariant {
  /** Values of a record. */
  public static final int FIELDS = Devices.FIELDS;

  private static final PointWindowSpec BY_POINTS =
      PointWindowSpec.overlapping(100, 0.5, PointWindowSpec.DEFAULT_FORGET_AFTER);
  private static final WindowSpec BY_TIME =
      new WindowSpec(Duration.ofSeconds(60), Duration.ofSeconds(1));
  private static final Cleaning CLEANED =
      new Cleaning(
          MissingValues.INTERPOLATE,
          new OutlierRule(
              OutlierMethod.IQR, OutlierMethod.IQR.defaultThreshold(), OutlierAction.CLIP));
  private static final List<String> DEFAULTS = TelemetryModel.DEFAULT_FEATURES;

  public static final FeatureJob WITHOUT =
      new FeatureJob("without", null, 0, Cleaning.NONE, DEFAULTS);
  public static final FeatureJob POINTS =
      new FeatureJob("points", BY_POINTS, 2, Cleaning.NONE, DEFAULTS);
  public static final FeatureJob POINTS_CLEANED =
      new FeatureJob("points-cleaned", BY_POINTS, 2, CLEANED, DEFAULTS);
  public static final FeatureJob POINTS_ALL =
      new FeatureJob(
          "points-all",
          BY_POINTS,
          2,
          CLEANED,
          FeatureRegistry.choices().stream().map(Feature::name).toList());
  public static final FeatureJob TIME =
      new FeatureJob("time", BY_TIME, 60, Cleaning.NONE, DEFAULTS);
  public static final FeatureJob TIME_CLEANED =
      new FeatureJob("time-cleaned", BY_TIME, 60, CLEANED, DEFAULTS);

  /** In the order of the table. */
  public static final List<FeatureJob> ALL =
      List.of(WITHOUT, POINTS, POINTS_CLEANED, POINTS_ALL, TIME, TIME_CLEANED);

  @Override
  public String what() {
    if (window == null) {
      return "source and `keyBy` with nothing behind: the same job without features";
    }
    return "%s, %s, %s"
        .formatted(
            window instanceof PointWindowSpec points
                ? "windows of %d points, a new one each %d".formatted(points.size(), points.slide())
                : "windows of 60 s, a new one each second, in two phases",
            features.equals(DEFAULTS)
                ? "default features"
                : "all %d features of the registry".formatted(features.size()),
            cleaning.equals(Cleaning.NONE)
                ? "no cleaning"
                : "`missing: interpolate`, outliers by `iqr` clipped");
  }

  @Override
  public String ceiling() {
    return WITHOUT.id;
  }

  @Override
  public boolean isFullAtOnce() {
    return window == null;
  }

  /** Windows by points have no panes that stay empty, so nothing is gained by sparse seconds. */
  @Override
  public int sparseSeconds(int ofOverlap) {
    return window instanceof WindowSpec ? ofOverlap : 0;
  }

  @Override
  public int fullSeconds(int ofOverlap, int perKeyAndSecond) {
    return window instanceof PointWindowSpec points
        ? (points.size() + perKeyAndSecond - 1) / perKeyAndSecond
        : ofOverlap;
  }

  @Override
  public DataStream<?> define(StreamExecutionEnvironment env, Workload workload) {
    DataStream<DeviceTelemetry> records =
        EventSource.stream(
            env,
            workload,
            new UncleanReadings(workload.keys()),
            TypeInformation.of(DeviceTelemetry.class));
    if (window == null) {
      var stage = TelemetryTopology.windowing(Devices.models(BY_TIME));
      return records.keyBy(stage.key(), stage.keyType());
    }
    TelemetryModels models = Devices.models(window, cleaning, features);
    var cleaned = records.map(new RangeCleanFunction(models));
    return window instanceof PointWindowSpec
        ? TelemetryTopology.points(cleaned, models)
        : TelemetryTopology.windowing(models)
            .windows(cleaned, Duration.ZERO, Phases.TWO.maxPartials(), "partials", "windows");
  }
}
