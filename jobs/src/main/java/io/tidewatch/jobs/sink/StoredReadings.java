package io.tidewatch.jobs.sink;

import io.tidewatch.jobs.config.KafkaConfig;
import io.tidewatch.jobs.config.SinkConfig;
import io.tidewatch.jobs.config.TdengineConfig;
import io.tidewatch.jobs.sink.jdbc.ResilientSink;
import io.tidewatch.jobs.sink.jdbc.RowIdentity;
import io.tidewatch.jobs.sink.tdengine.ReadingsStore;
import io.tidewatch.jobs.tdengine.TdengineConnections;
import io.tidewatch.schemas.event.DeviceTelemetry;
import io.tidewatch.schemas.model.TelemetryModels;
import org.apache.flink.api.connector.sink2.Sink;

/** Readings of devices to the super tables of TDengine. */
public final class StoredReadings {
  private StoredReadings() {}

  public static Sink<DeviceTelemetry> sink(
      TdengineConfig tdengine, SinkConfig sink, KafkaConfig kafka, TelemetryModels models) {
    return new ResilientSink<>(
        new ReadingsStore(
            new TdengineConnections(tdengine.url(), tdengine.user(), tdengine.password()),
            tdengine.database(),
            models),
        new Identity(),
        Upsert.batching(sink),
        sink.maxOutage(),
        KafkaSinks.refused(kafka, sink.refusedTopic()));
  }

  private record Key(String model, String deviceId, long eventTimeMs) {}

  /** A reading is written over the one of its device and time: the one told later stays. */
  static final class Identity implements RowIdentity<DeviceTelemetry> {
    private static final long serialVersionUID = 1;

    @Override
    public Object key(DeviceTelemetry row) {
      return new Key(row.model(), row.deviceId(), row.eventTimeMs());
    }

    @Override
    public boolean replaces(DeviceTelemetry later, DeviceTelemetry held) {
      return true;
    }

    @Override
    public long eventTimeMs(DeviceTelemetry row) {
      return row.eventTimeMs();
    }
  }
}
