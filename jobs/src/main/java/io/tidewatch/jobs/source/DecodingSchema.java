package io.tidewatch.jobs.source;

import io.tidewatch.analytics.clean.ClockGuard;
import io.tidewatch.schemas.codec.Decoded;
import io.tidewatch.schemas.codec.MessageDecoder;
import io.tidewatch.schemas.reject.MessageHeader;
import io.tidewatch.schemas.reject.RejectReason;
import io.tidewatch.schemas.reject.Rejected;
import io.tidewatch.udfs.decode.Inbound;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Decodes a message and holds its event time against the broker's time. One message in, one {@link
 * Inbound} out, whatever the bytes.
 */
final class DecodingSchema<T> implements KafkaRecordDeserializationSchema<Inbound<T>> {
  private static final long serialVersionUID = 1;

  private final MessageDecoder<T> decoder;
  private final EventTime<T> eventTime;
  private final ClockGuard clockGuard;
  private final Class<T> type;

  DecodingSchema(
      MessageDecoder<T> decoder, EventTime<T> eventTime, ClockGuard clockGuard, Class<T> type) {
    this.decoder = decoder;
    this.eventTime = eventTime;
    this.clockGuard = clockGuard;
    this.type = type;
  }

  @Override
  public void deserialize(ConsumerRecord<byte[], byte[]> message, Collector<Inbound<T>> out) {
    out.collect(inbound(message));
  }

  Inbound<T> inbound(ConsumerRecord<byte[], byte[]> message) {
    Decoded<T> decoded = decoder.decode(message.value());
    if (decoded instanceof Decoded.Refused<T> refused) {
      return refuse(message, refused.reason(), refused.detail());
    }
    T value = ((Decoded.Ok<T>) decoded).value();
    ClockGuard.Refusal refusal = clockGuard.judge(eventTime.ofMs(value), message.timestamp());
    return refusal == null
        ? Inbound.of(value)
        : refuse(message, refusal.reason(), refusal.detail());
  }

  static <T> Inbound<T> refuse(
      ConsumerRecord<byte[], byte[]> message, RejectReason reason, String detail) {
    return Inbound.of(
        new Rejected(
            message.topic(),
            message.partition(),
            message.offset(),
            message.timestamp(),
            headers(message),
            message.key(),
            message.value(),
            reason,
            detail));
  }

  private static List<MessageHeader> headers(ConsumerRecord<byte[], byte[]> message) {
    List<MessageHeader> headers = new ArrayList<>();
    message.headers().forEach(each -> headers.add(new MessageHeader(each.key(), each.value())));
    return headers;
  }

  @Override
  public TypeInformation<Inbound<T>> getProducedType() {
    return Inbound.typeInfo(type);
  }
}
