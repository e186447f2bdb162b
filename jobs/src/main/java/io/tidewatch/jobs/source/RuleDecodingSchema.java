package io.tidewatch.jobs.source;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tidewatch.schemas.rule.RuleUpdate;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * A message of the topic of rules. One message in, one {@link RuleUpdate} out: whether it can be
 * used is told to people by the status of the rule, so nothing is refused here.
 */
final class RuleDecodingSchema implements KafkaRecordDeserializationSchema<RuleUpdate> {
  private static final long serialVersionUID = 1;

  @Override
  public void deserialize(ConsumerRecord<byte[], byte[]> message, Collector<RuleUpdate> out) {
    out.collect(update(message));
  }

  /** Bytes that are not UTF-8 become signs that no rule has, and are refused as such. */
  static RuleUpdate update(ConsumerRecord<byte[], byte[]> message) {
    byte[] key = message.key();
    byte[] value = message.value();
    return new RuleUpdate(
        key == null ? "" : new String(key, UTF_8), value == null ? null : new String(value, UTF_8));
  }

  @Override
  public TypeInformation<RuleUpdate> getProducedType() {
    return TypeInformation.of(RuleUpdate.class);
  }
}
