package io.tidewatch.jobs.source;

import io.tidewatch.schemas.dataset.KnownTelemetry;
import io.tidewatch.schemas.event.DeviceTelemetry;
import io.tidewatch.schemas.reject.Rejected;
import io.tidewatch.udfs.decode.Inbound;
import java.util.Objects;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** What the telemetry job makes of a message, known since the broker took it. */
final class KnownDecodingSchema
    implements KafkaRecordDeserializationSchema<Inbound<KnownTelemetry>> {
  private static final long serialVersionUID = 1;

  private final DecodingSchema<DeviceTelemetry> live;

  KnownDecodingSchema(DecodingSchema<DeviceTelemetry> live) {
    this.live = live;
  }

  @Override
  public void deserialize(
      ConsumerRecord<byte[], byte[]> message, Collector<Inbound<KnownTelemetry>> out) {
    Inbound<DeviceTelemetry> inbound = live.inbound(message);
    DeviceTelemetry record = inbound.value();
    Rejected rejected = inbound.rejected();
    out.collect(
        record == null
            ? Inbound.of(Objects.requireNonNull(rejected))
            : Inbound.of(new KnownTelemetry(record, message.timestamp())));
  }

  @Override
  public TypeInformation<Inbound<KnownTelemetry>> getProducedType() {
    return Inbound.typeInfo(KnownTelemetry.class);
  }
}
