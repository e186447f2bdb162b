package io.tidewatch.jobs.source;

import io.tidewatch.analytics.model.ModelMessageDecoder;
import io.tidewatch.schemas.codec.Decoded;
import io.tidewatch.schemas.forest.ModelMessage;
import io.tidewatch.schemas.forest.ModelRollback;
import io.tidewatch.schemas.forest.ModelUpdate;
import io.tidewatch.udfs.decode.Inbound;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Checks a message of the topic of models. One message in, one {@link Inbound} out. */
final class ModelDecodingSchema implements KafkaRecordDeserializationSchema<Inbound<ModelUpdate>> {
  private static final long serialVersionUID = 1;

  private final ModelMessageDecoder decoder;

  ModelDecodingSchema(ModelMessageDecoder decoder) {
    this.decoder = decoder;
  }

  @Override
  public void deserialize(
      ConsumerRecord<byte[], byte[]> message, Collector<Inbound<ModelUpdate>> out) {
    out.collect(inbound(message));
  }

  Inbound<ModelUpdate> inbound(ConsumerRecord<byte[], byte[]> message) {
    Decoded<ModelMessage> decoded = decoder.decode(message.key(), message.value());
    if (decoded instanceof Decoded.Refused<ModelMessage> refused) {
      return DecodingSchema.refuse(message, refused.reason(), refused.detail());
    }
    ModelMessage model = ((Decoded.Ok<ModelMessage>) decoded).value();
    return Inbound.of(
        new ModelUpdate(
            model.modelKey(),
            model.version(),
            model instanceof ModelRollback,
            message.headers().lastHeader(ModelUpdate.TOLD_BY_JOB) != null,
            message.value(),
            new ModelUpdate.Origin(
                message.topic(), message.partition(), message.offset(), message.timestamp())));
  }

  @Override
  public TypeInformation<Inbound<ModelUpdate>> getProducedType() {
    return Inbound.typeInfo(ModelUpdate.class);
  }
}
