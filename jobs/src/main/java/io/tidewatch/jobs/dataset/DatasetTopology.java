package io.tidewatch.jobs.dataset;

import io.tidewatch.analytics.dataset.LabelRule;
import io.tidewatch.analytics.dataset.Selection;
import io.tidewatch.analytics.feature.DeviceKey;
import io.tidewatch.schemas.dataset.KnownTelemetry;
import io.tidewatch.schemas.dataset.LabelledVector;
import io.tidewatch.schemas.model.TelemetryModels;
import io.tidewatch.udfs.dataset.DeviceRowsFunction;
import io.tidewatch.udfs.dataset.OrderRowsFunction;
import io.tidewatch.udfs.dataset.SelectFunction;
import io.tidewatch.udfs.decode.Inbound;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;

/**
 * Stored readings to rows.
 *
 * <pre>
 *  source ── select, clean ── times ──(device, in order of time)── windows ── ends ──(all, in order of end)── order
 * </pre>
 */
public final class DatasetTopology {

  private DatasetTopology() {}

  /**
   * @param source in batch mode
   * @return of one subtask, by end of window, device, start
   */
  public static DataStream<LabelledVector> define(
      DataStream<Inbound<KnownTelemetry>> source,
      TelemetryModels models,
      Selection selection,
      LabelRule rule) {
    return ordered(windows(source, models, selection, rule));
  }

  private static DataStream<LabelledVector> windows(
      DataStream<Inbound<KnownTelemetry>> source,
      TelemetryModels models,
      Selection selection,
      LabelRule rule) {
    return source
        .flatMap(new SelectFunction(selection, models), TypeInformation.of(KnownTelemetry.class))
        .uid(DatasetUids.SELECT)
        .name(DatasetUids.SELECT)
        .assignTimestampsAndWatermarks(
            WatermarkStrategy.<KnownTelemetry>noWatermarks()
                .withTimestampAssigner((known, none) -> known.record().eventTimeMs()))
        .uid(DatasetUids.TIMES)
        .name(DatasetUids.TIMES)
        .keyBy(
            known -> new DeviceKey(known.record().model(), known.record().deviceId()),
            TypeInformation.of(DeviceKey.class))
        .process(
            new DeviceRowsFunction(models, selection, rule),
            TypeInformation.of(LabelledVector.class))
        .uid(DatasetUids.WINDOWS)
        .name(DatasetUids.WINDOWS);
  }

  /** Flink sorts what has one key by time, on disk where it does not fit its memory. */
  private static DataStream<LabelledVector> ordered(DataStream<LabelledVector> rows) {
    return rows.assignTimestampsAndWatermarks(
            WatermarkStrategy.<LabelledVector>noWatermarks()
                .withTimestampAssigner((row, none) -> row.vector().windowEndMs()))
        .uid(DatasetUids.ENDS)
        .name(DatasetUids.ENDS)
        .keyBy(row -> 0, Types.INT)
        .process(new OrderRowsFunction(), TypeInformation.of(LabelledVector.class))
        .setParallelism(1)
        .uid(DatasetUids.ORDER)
        .name(DatasetUids.ORDER);
  }
}
