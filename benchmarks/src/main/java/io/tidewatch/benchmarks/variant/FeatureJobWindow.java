package io.tidewatch.benchmarks.variant;

import io.tidewatch.benchmarks.workload.EventSource;
import io.tidewatch.benchmarks.workload.RecordMaker;
import io.tidewatch.benchmarks.workload.Workload;
import io.tidewatch.jobs.telemetry.TelemetryTopology;
import io.tidewatch.schemas.event.DeviceTelemetry;
import io.tidewatch.schemas.model.OutOfRange;
import io.tidewatch.schemas.model.TelemetryField;
import io.tidewatch.schemas.model.TelemetryModel;
import io.tidewatch.schemas.model.TelemetryModels;
import io.tidewatch.schemas.model.UnknownFields;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** The telemetry job's keys, records of six fields and windows, and its ceiling. */
public final class FeatureJobWindow implements FlinkVariant {
  private static final String NAME = "features";
  private static final String MODEL = "bench";
  private static final int FIELDS = 6;

  private final Phases phases;

  FeatureJobWindow(Phases phases) {
    this.phases = phases;
  }

  @Override
  public String id() {
    return NAME + phases.suffix();
  }

  @Override
  public String what() {
    return phases == Phases.NONE
        ? "the telemetry job's records of six fields and `keyBy` with nothing behind: its ceiling"
        : "the telemetry job's records of six fields, keys and windows" + phases.what();
  }

  @Override
  public String ceiling() {
    return NAME + Phases.NONE.suffix();
  }

  @Override
  public boolean isFullAtOnce() {
    return phases == Phases.NONE;
  }

  @Override
  public DataStream<?> define(StreamExecutionEnvironment env, Workload workload) {
    var stage = TelemetryTopology.windowing(models(workload));
    var records =
        EventSource.stream(
            env,
            workload,
            new Readings(workload.keys()),
            TypeInformation.of(DeviceTelemetry.class));
    return phases == Phases.NONE
        ? records.keyBy(stage.key(), stage.keyType())
        : stage.windows(records, Duration.ZERO, phases.maxPartials(), "partials", "windows");
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
