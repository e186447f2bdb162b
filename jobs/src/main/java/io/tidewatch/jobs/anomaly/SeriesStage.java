package io.tidewatch.jobs.anomaly;

import io.tidewatch.analytics.series.DeviceSeries;
import io.tidewatch.analytics.series.EndpointSeries;
import io.tidewatch.analytics.series.SeriesChoice;
import io.tidewatch.analytics.series.SeriesDeviations;
import io.tidewatch.analytics.series.SeriesKey;
import io.tidewatch.analytics.series.SeriesRow;
import io.tidewatch.analytics.series.SeriesRules;
import io.tidewatch.schemas.derived.AnomalyScore;
import io.tidewatch.schemas.derived.FeatureVector;
import io.tidewatch.schemas.derived.LatencyWindow;
import io.tidewatch.schemas.reject.Rejected;
import io.tidewatch.udfs.anomaly.SeriesRowsFunction;
import io.tidewatch.udfs.anomaly.SeriesScoreFunction;
import io.tidewatch.udfs.decode.Inbound;
import io.tidewatch.udfs.decode.SplitRejectedOperator;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/**
 * Single metrics of devices and endpoints to scores, each by its own past.
 *
 * <pre>
 *  rows ────────────────── device series ──┐
 *                                          ├──(series)── series ──▶ scores
 *  latency ── split ── latency series ─────┘
 *               │
 *               ▼
 *            rejected
 * </pre>
 */
public final class SeriesStage {
  private static final OutputTag<Rejected> REJECTED =
      new OutputTag<>("rejected-latency", TypeInformation.of(Rejected.class));

  private SeriesStage() {}

  /**
   * What is scored by itself.
   *
   * @param devices metrics of the rows of features
   * @param latency windows with event times and watermarks assigned; null where none are read
   * @param endpoints metrics of these
   * @param deviations of both that are worth a message
   */
  public record Input(
      DeviceSeries devices,
      @Nullable DataStream<Inbound<LatencyWindow>> latency,
      EndpointSeries endpoints,
      SeriesRules rules,
      SeriesDeviations deviations) {}

  /** What leaves the stage; null where there is nothing it could come from. */
  record Streams(
      @Nullable DataStream<AnomalyScore> scores, @Nullable DataStream<Rejected> rejected) {}

  /**
   * @param vectors rows of features
   */
  static Streams define(DataStream<FeatureVector> vectors, Input input) {
    DataStream<SeriesRow> rows = null;
    if (!input.devices().isEmpty()) {
      rows = rows(vectors, input.devices(), input.rules(), AnomalyUids.DEVICE_SERIES);
    }
    DataStream<Rejected> rejected = null;
    DataStream<Inbound<LatencyWindow>> latency = input.latency();
    if (latency != null) {
      var windows = split(latency);
      rejected = windows.getSideOutput(REJECTED);
      var ofEndpoints = rows(windows, input.endpoints(), input.rules(), AnomalyUids.LATENCY_SERIES);
      rows = rows == null ? ofEndpoints : rows.union(ofEndpoints);
    }
    return new Streams(rows == null ? null : scores(rows, input), rejected);
  }

  private static SingleOutputStreamOperator<LatencyWindow> split(
      DataStream<Inbound<LatencyWindow>> latency) {
    return SplitRejectedOperator.split(
        latency, REJECTED, LatencyWindow.class, AnomalyUids.LATENCY_SPLIT);
  }

  private static <T> DataStream<SeriesRow> rows(
      DataStream<T> windows, SeriesChoice<T> choice, SeriesRules rules, String uid) {
    return windows
        .process(new SeriesRowsFunction<>(choice, rules), TypeInformation.of(SeriesRow.class))
        .uid(uid)
        .name(uid);
  }

  private static DataStream<AnomalyScore> scores(DataStream<SeriesRow> rows, Input input) {
    return rows.keyBy(SeriesRow::key, TypeInformation.of(SeriesKey.class))
        .process(
            new SeriesScoreFunction(input.rules(), input.deviations()),
            TypeInformation.of(AnomalyScore.class))
        .uid(AnomalyUids.SERIES)
        .name(AnomalyUids.SERIES);
  }
}
