package io.tidewatch.jobs.source;

import io.tidewatch.schemas.codec.Decoded;
import io.tidewatch.schemas.codec.ScalerMessageDecoder;
import io.tidewatch.schemas.scale.ScalerUpdate;
import io.tidewatch.udfs.decode.Inbound;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Checks a message of the topic of scalers. One message in, one {@link Inbound} out. */
final class ScalerDecodingSchema
    implements KafkaRecordDeserializationSchema<Inbound<ScalerUpdate>> {
  private static final long serialVersionUID = 1;

  private final ScalerMessageDecoder decoder;

  ScalerDecodingSchema(ScalerMessageDecoder decoder) {
    this.decoder = decoder;
  }

  @Override
  public void deserialize(
      ConsumerRecord<byte[], byte[]> message, Collector<Inbound<ScalerUpdate>> out) {
    Decoded<ScalerUpdate> decoded = decoder.decode(message.key(), message.value());
    out.collect(
        decoded instanceof Decoded.Refused<ScalerUpdate> refused
            ? DecodingSchema.refuse(message, refused.reason(), refused.detail())
            : Inbound.of(((Decoded.Ok<ScalerUpdate>) decoded).value()));
  }

  @Override
  public TypeInformation<Inbound<ScalerUpdate>> getProducedType() {
    return Inbound.typeInfo(ScalerUpdate.class);
  }
}
