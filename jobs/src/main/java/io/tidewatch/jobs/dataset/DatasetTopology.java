package io.tidewatch.jobs.dataset;

import io.tidewatch.analytics.dataset.LabelRule;
import io.tidewatch.analytics.dataset.Selection;
import io.tidewatch.analytics.feature.DeviceKey;
import io.tidewatch.schemas.dataset.KnownTelemetry;
import io.tidewatch.schemas.dataset.LabelledVector;
import io.tidewatch.schemas.model.TelemetryModels;
import io.tidewatch.udfs.dataset.DeviceRowsFunction;
import io.tidewatch.udfs.dataset.SelectFunction;
import io.tidewatch.udfs.decode.Inbound;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.datastream.DataStream;

/**
 * Stored readings to rows.
 *
 * <pre>
 *  source ── select, clean ── times ──(device, in order of time)── windows ── staged rows
 * </pre>
 */
public final class DatasetTopology {

  private DatasetTopology() {}

  /**
   * @param source in batch mode
   */
  public static DataStream<LabelledVector> define(
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
}
