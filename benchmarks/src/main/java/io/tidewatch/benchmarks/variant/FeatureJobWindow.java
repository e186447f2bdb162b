package io.tidewatch.benchmarks.variant;

import io.tidewatch.benchmarks.workload.EventSource;
import io.tidewatch.benchmarks.workload.RecordMaker;
import io.tidewatch.benchmarks.workload.Workload;
import io.tidewatch.jobs.telemetry.TelemetryTopology;
import io.tidewatch.schemas.event.DeviceTelemetry;
import java.time.Duration;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** The telemetry job's keys, records of six fields and windows, and its ceiling. */
public final class FeatureJobWindow implements FlinkVariant {
  private static final String NAME = "features";

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
    var stage = TelemetryTopology.windowing(Devices.models(TidewatchWindow.spec(workload)));
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

  /** One device a key. */
  private static final class Readings implements RecordMaker<DeviceTelemetry> {
    private static final long serialVersionUID = 1;

    private final Devices devices;

    Readings(int keys) {
      devices = new Devices(keys);
    }

    @Override
    public DeviceTelemetry make(int key, long timeMs, double value) {
      double[] values = new double[Devices.FIELDS];
      for (int field = 0; field < values.length; field++) {
        values[field] = value + field;
      }
      return devices.reading(key, timeMs, values);
    }
  }
}
