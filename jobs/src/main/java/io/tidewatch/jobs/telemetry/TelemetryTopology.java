package io.tidewatch.jobs.telemetry;

import io.tidewatch.analytics.alert.FeatureSeries;
import io.tidewatch.analytics.feature.DeviceKey;
import io.tidewatch.analytics.feature.DevicePane;
import io.tidewatch.analytics.feature.DevicePoints;
import io.tidewatch.analytics.feature.FeatureAggregate;
import io.tidewatch.jobs.alerting.AlertingStage;
import io.tidewatch.jobs.alerting.RuleInput;
import io.tidewatch.jobs.config.PreAggregationConfig;
import io.tidewatch.jobs.windowing.WindowingStage;
import io.tidewatch.schemas.derived.FeatureVector;
import io.tidewatch.schemas.event.DeviceTelemetry;
import io.tidewatch.schemas.model.PointWindowSpec;
import io.tidewatch.schemas.model.TelemetryModels;
import io.tidewatch.schemas.model.WindowSpec;
import io.tidewatch.schemas.reject.Rejected;
import io.tidewatch.udfs.clean.RangeCleanFunction;
import io.tidewatch.udfs.decode.Inbound;
import io.tidewatch.udfs.decode.SplitRejectedOperator;
import io.tidewatch.udfs.window.FeaturePanesSerializer;
import io.tidewatch.udfs.window.FeaturePointsSerializer;
import io.tidewatch.udfs.window.PointWindowOperator;
import java.time.Duration;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.util.OutputTag;

/**
 * Device readings to features per sliding window, and alerts on them.
 *
 * <pre>
 *                             ┌─ by time ── partials ─(device)── features ─┐
 *  source ── split ── clean ──┤                                   └──▶ late ├─┬─(device)── alerts ──▶ alerts
 *              │              └─ by points ───────────(device)── points ───┘ │
 *              ▼                                                  └──▶ late  ▼
 *           rejected                                                      features
 * </pre>
 *
 * <p>A model has windows of one kind. Both branches are there whatever the models say, so that the
 * state of a job fits when a model changes.
 */
public final class TelemetryTopology {
  private static final OutputTag<Rejected> REJECTED =
      new OutputTag<>("rejected", TypeInformation.of(Rejected.class));
  private static final OutputTag<DeviceTelemetry> LATE =
      new OutputTag<>("late", TypeInformation.of(DeviceTelemetry.class));

  private TelemetryTopology() {}

  /**
   * Everything that leaves the topology; a record that entered is in exactly one of the first
   * three; {@code readings} are all but the rejected ones, once more.
   */
  public record Streams(
      DataStream<FeatureVector> features,
      DataStream<Rejected> rejected,
      DataStream<DeviceTelemetry> late,
      AlertingStage.Streams alerts,
      DataStream<DeviceTelemetry> readings) {}

  /**
   * @param source with event times and watermarks assigned
   * @param allowedLateness how long after its first window a record still corrects its windows
   */
  public static Streams define(
      DataStream<Inbound<DeviceTelemetry>> source,
      TelemetryModels models,
      Duration allowedLateness,
      PreAggregationConfig preAggregation,
      RuleInput rules) {
    var records = split(source);
    var cleaned = clean(records, models);
    var byTime = features(byTime(cleaned, models), models, allowedLateness, preAggregation);
    var byPoints = points(byPoints(cleaned, models), models);
    var features = byTime.union(byPoints);
    return new Streams(
        features,
        records.getSideOutput(REJECTED),
        byTime.getSideOutput(LATE).union(byPoints.getSideOutput(LATE)),
        alerts(features, models, rules),
        cleaned);
  }

  private static SingleOutputStreamOperator<DeviceTelemetry> split(
      DataStream<Inbound<DeviceTelemetry>> source) {
    return SplitRejectedOperator.split(
        source, REJECTED, DeviceTelemetry.class, TelemetryUids.SPLIT);
  }

  private static DataStream<DeviceTelemetry> clean(
      DataStream<DeviceTelemetry> records, TelemetryModels models) {
    return records
        .map(new RangeCleanFunction(models))
        .uid(TelemetryUids.CLEAN)
        .name(TelemetryUids.CLEAN);
  }

  private static DataStream<DeviceTelemetry> byTime(
      DataStream<DeviceTelemetry> cleaned, TelemetryModels models) {
    return cleaned
        .filter(record -> models.get(record.model()).window() instanceof WindowSpec)
        .uid(TelemetryUids.BY_TIME)
        .name(TelemetryUids.BY_TIME);
  }

  private static DataStream<DeviceTelemetry> byPoints(
      DataStream<DeviceTelemetry> cleaned, TelemetryModels models) {
    return cleaned
        .filter(record -> models.get(record.model()).window() instanceof PointWindowSpec)
        .uid(TelemetryUids.BY_POINTS)
        .name(TelemetryUids.BY_POINTS);
  }

  private static SingleOutputStreamOperator<FeatureVector> features(
      DataStream<DeviceTelemetry> cleaned,
      TelemetryModels models,
      Duration allowedLateness,
      PreAggregationConfig preAggregation) {
    return windowing(models)
        .windows(
            cleaned,
            allowedLateness,
            preAggregation.maxPartials(),
            TelemetryUids.PARTIALS,
            TelemetryUids.FEATURES);
  }

  /** The windows without their surroundings. */
  public static WindowingStage<DeviceKey, DeviceTelemetry, DevicePane, FeatureVector> windowing(
      TelemetryModels models) {
    return new WindowingStage<>(
        new FeatureAggregate(models),
        FeaturePanesSerializer.INSTANCE,
        record -> new DeviceKey(record.model(), record.deviceId()),
        TypeInformation.of(DeviceKey.class),
        TypeInformation.of(FeatureVector.class),
        LATE);
  }

  /** The windows by points without their surroundings. */
  public static SingleOutputStreamOperator<FeatureVector> points(
      DataStream<DeviceTelemetry> cleaned, TelemetryModels models) {
    return cleaned
        .keyBy(
            record -> new DeviceKey(record.model(), record.deviceId()),
            TypeInformation.of(DeviceKey.class))
        .transform(
            TelemetryUids.POINTS,
            TypeInformation.of(FeatureVector.class),
            new PointWindowOperator<>(
                new DevicePoints(models),
                new FeatureAggregate(models),
                TypeInformation.of(DeviceTelemetry.class),
                FeaturePointsSerializer.INSTANCE,
                LATE,
                PointWindowOperator.MAX_BUFFERED))
        .uid(TelemetryUids.POINTS)
        .name(TelemetryUids.POINTS);
  }

  /** The alert stage without its surroundings: stored windows can be held against rules, too. */
  public static AlertingStage.Streams alerts(
      DataStream<FeatureVector> features, TelemetryModels models, RuleInput rules) {
    return AlertingStage.define(
        features.keyBy(
            vector -> new DeviceKey(vector.model(), vector.deviceId()),
            TypeInformation.of(DeviceKey.class)),
        rules,
        new FeatureSeries(models),
        TelemetryJob.NAME,
        TelemetryUids.ALERTING);
  }
}
