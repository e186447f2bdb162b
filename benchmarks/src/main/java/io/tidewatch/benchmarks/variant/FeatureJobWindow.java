package io.tidewatch.benchmarks.variant;

import io.tidewatch.analytics.feature.DeviceKey;
import io.tidewatch.analytics.feature.FeatureAggregate;
import io.tidewatch.benchmarks.workload.EventSource;
import io.tidewatch.benchmarks.workload.RecordMaker;
import io.tidewatch.benchmarks.workload.Workload;
import io.tidewatch.schemas.derived.FeatureVector;
import io.tidewatch.schemas.event.DeviceTelemetry;
import io.tidewatch.schemas.model.OutOfRange;
import io.tidewatch.schemas.model.TelemetryField;
import io.tidewatch.schemas.model.TelemetryModel;
import io.tidewatch.schemas.model.TelemetryModels;
import io.tidewatch.schemas.model.UnknownFields;
import io.tidewatch.udfs.window.FeaturePanesSerializer;
import io.tidewatch.udfs.window.PaneWindowFunction;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.KeyedStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.OutputTag;

/** The telemetry job's keys, records of six fields and windows, and its ceiling. */
public final class FeatureJobWindow implements FlinkVariant {
  private static final String CEILING = "features-source";
  private static final String MODEL = "bench";
  private static final int FIELDS = 6;
  private static final OutputTag<DeviceTelemetry> LATE =
      new OutputTag<>("late", TypeInformation.of(DeviceTelemetry.class));

  private final boolean ceilingOnly;

  FeatureJobWindow(boolean ceilingOnly) {
    this.ceilingOnly = ceilingOnly;
  }

  @Override
  public String id() {
    return ceilingOnly ? CEILING : "features";
  }

  @Override
  public String what() {
    return ceilingOnly
        ? "the telemetry job's records and `keyBy` with nothing behind: its ceiling"
        : "the telemetry job's records (" + FIELDS + " fields), keys and windows";
  }

  @Override
  public String ceiling() {
    return CEILING;
  }

  @Override
  public boolean isFullAtOnce() {
    return ceilingOnly;
  }

  @Override
  public DataStream<?> define(StreamExecutionEnvironment env, Workload workload) {
    KeyedStream<DeviceTelemetry, DeviceKey> keyed =
        EventSource.stream(
                env,
                workload,
                new Readings(workload.keys()),
                TypeInformation.of(DeviceTelemetry.class))
            .keyBy(
                record -> new DeviceKey(record.model(), record.deviceId()),
                TypeInformation.of(DeviceKey.class));
    return ceilingOnly
        ? keyed
        : keyed.process(
            new PaneWindowFunction<>(
                new FeatureAggregate(models(workload)), FeaturePanesSerializer.INSTANCE, LATE),
            TypeInformation.of(FeatureVector.class));
  }

  private static TelemetryModels models(Workload workload) {
    List<TelemetryField> fields =
        IntStream.range(0, FIELDS)
            .mapToObj(i -> new TelemetryField("f" + i, "1", 0, Double.POSITIVE_INFINITY))
            .toList();
    return TelemetryModels.of(
        List.of(
            new TelemetryModel(
                MODEL,
                "benchmark",
                fields,
                UnknownFields.REJECT,
                OutOfRange.MISSING,
                TidewatchWindow.spec(workload))));
  }

  /** One device a key. */
  private static final class Readings implements RecordMaker<DeviceTelemetry> {
    private static final long serialVersionUID = 1;

    private final String[] devices;

    Readings(int keys) {
      devices = new String[keys];
      for (int key = 0; key < keys; key++) {
        devices[key] = "device-" + key;
      }
    }

    @Override
    public DeviceTelemetry make(int key, long timeMs, double value) {
      double[] values = new double[FIELDS];
      for (int field = 0; field < FIELDS; field++) {
        values[field] = value + field;
      }
      return new DeviceTelemetry(MODEL, devices[key], timeMs, values, Map.of(), null);
    }
  }
}
